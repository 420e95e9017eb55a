"""Where the prompts and templates lie: the name of a folder in, its path out."""

from pathlib import Path


def folder(name: str) -> Path:
    """The folder of data files with this name, such as "templates".

    A wheel carries it inside the package; in a checkout it stands beside it.
    """
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name
