"""pandera, imported quietly: where PySpark is installed pandera imports it, and it warns of pandas 3."""

import warnings

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "PySpark does not yet fully support", FutureWarning)
    import pandera.pandas as pa

__all__ = ["pa"]
