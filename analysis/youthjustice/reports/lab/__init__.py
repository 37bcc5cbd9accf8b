"""How JupyterLab saves a notebook here: without what it showed, and without a copy beside it.

A notebook on a service's own records shows children. What it shows is seen on the screen and made
into a report through the gate; on disk there is the code, which shows it again. `settings` is a
folder for ``JUPYTER_CONFIG_PATH``, as ``youthjustice lab`` sets it.
"""
