"""One model call: client, wire, parsing, retries, cache, recording, prices, discovery."""
