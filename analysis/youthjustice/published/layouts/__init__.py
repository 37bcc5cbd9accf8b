"""How official publications lay out their files: one file for each layout.

`ALL` lists the modules; each holds a `LAYOUT`. They are imported when a file is read.
"""

ALL: tuple[str, ...] = (
    "dfe_area_numbers",
    "dfe_lait",
    "dfe_lait_dictionary",
    "dfe_linked",
    "dfe_neighbours",
    "hmip_ratings",
    "moj_reoffending_area",
    "ohid_fingertips",
    "ons_census_2021",
    "ons_mid_year",
    "yjs_characteristics",
    "yjs_custody",
    "yjs_entrants",
    "yjs_local_children",
    "yjs_local_offences",
    "yjs_local_outcomes",
    "yjs_regional_2013",
    "yjs_remand",
    "yjs_reoffending",
)
