"""From articles to a report: `check` is the flow; a stage a module."""
