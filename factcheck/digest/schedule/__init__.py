"""When editions are made: windows (times to ids), runner (in the foreground), units (for others).

`windows` is pure and light. `runner` needs APScheduler and `units` Jinja, so they are
imported only where an edition is scheduled or a unit is printed.
"""
