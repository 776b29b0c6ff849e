"""What the world gives to a text, looked up by the caller."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from reference.rules import Tariff


@dataclass(frozen=True)
class Facts:
    """For one language, one day, one medium.

    `pictures` holds for each name the HTML of the picture, complete but for `{alt}`;
    `icons` that of the small signs of our blocks. `tariffs` are those in force, by kind,
    each with its key.
    """

    language: str
    day: dt.date
    laws: Mapping[str, str] = field(default_factory=dict)  # key: citation
    tariffs: Mapping[str, tuple[str, Tariff]] = field(default_factory=dict)
    sections: Mapping[tuple[str, str], str] = field(default_factory=dict)  # addresses
    pictures: Mapping[str, str] = field(default_factory=dict)
    icons: Mapping[str, str] = field(default_factory=dict)
