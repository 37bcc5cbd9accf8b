"""How official publications lay out their files: one file for each layout.

`ALL` lists the modules; each holds a `LAYOUT`. They are imported when a file is read.
"""

ALL: tuple[str, ...] = ()
