"""When editions are made: `windows` (times to ids), `runner` (in the foreground), `units`."""
