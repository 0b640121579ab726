"""Who is who in the fictional town of Riverbend: facts; the words stand beside, one file a language."""

from __future__ import annotations

from dataclasses import dataclass

Words = tuple[str, str]
"""The same in English and Spanish."""


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation; `income` in thousands of dollars a year, 0 for not known."""

    key: str
    kind: str
    area: str
    serves: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    band: str = ""
    income: int = 0


STREETS = (
    "Mill Street",
    "Bridge Street",
    "Canal Row",
    "Orchard Avenue",
    "Weaver Lane",
    "River Road",
    "Depot Street",
    "Church Street",
    "Market Square",
    "Foundry Way",
    "Elm Street",
)

TAGS: dict[str, Words] = {
    "food": ("Food", "Alimentación"),
    "youth": ("Youth", "Juventud"),
    "health": ("Health", "Salud"),
    "housing": ("Housing", "Vivienda"),
    "language": ("Bilingual", "Bilingüe"),
    "space": ("Has rooms", "Tiene salas"),
    "founding": ("Founding partner", "Socio fundador"),
    "green": ("River and green", "Río y áreas verdes"),
}

ORGANISATIONS: tuple[Row, ...] = (
    Row("own", "nonprofit", "town", ("town", "mill", "north", "bank"), ("NTEE S20", "SDG 17"), ("founding",), "1-9", 410),
    Row("pantry", "nonprofit", "mill", ("mill", "bank"), ("NTEE K31", "SDG 2"), ("food", "founding"), "1-9", 285),
    Row("library", "public_body", "town", ("town",), ("NTEE B70", "SDG 4"), ("space", "founding"), "10-49", 1890),
    Row("hospital", "health", "north", ("county",), ("NTEE E22", "SDG 3"), ("health", "founding"), "250+", 96400),
    Row("clinic", "health", "bank", ("bank", "mill"), ("NTEE E32", "SDG 3"), ("health", "language"), "10-49", 980),
    Row("schools", "public_body", "town", ("schools",), ("NTEE B20", "SDG 4"), ("youth",), "250+", 61200),
    Row("high", "school", "north", ("schools",), ("NTEE B25",), ("youth", "space"), "50-249", 0),
    Row("millschool", "school", "mill", ("mill", "schools"), ("NTEE B24",), ("youth",), "10-49", 0),
    Row("college", "school", "north", ("county",), ("NTEE B41", "SDG 4"), ("space",), "50-249", 22700),
    Row("city", "public_body", "town", ("town",), ("NTEE W22", "SDG 11"), ("space",), "50-249", 31400),
    Row("healthdept", "public_body", "north", ("county",), ("NTEE E70", "SDG 3"), ("health",), "50-249", 5100),
    Row("extension", "public_body", "county", ("county",), ("NTEE K20",), ("food", "green"), "1-9", 0),
    Row("fund", "funder", "town", ("county",), ("NTEE T31", "SDG 17"), ("founding",), "1-9", 3400),
    Row("hartfund", "funder", "north", ("schools",), ("NTEE T22",), ("youth",), "0", 620),
    Row("boysgirls", "nonprofit", "mill", ("mill",), ("NTEE O23", "SDG 4"), ("youth", "space"), "10-49", 540),
    Row("mentors", "nonprofit", "town", ("town",), ("NTEE O30",), ("youth",), "1-9", 150),
    Row("housing", "nonprofit", "mill", ("mill", "bank"), ("NTEE L20", "SDG 11"), ("housing",), "10-49", 1310),
    Row("shelter", "nonprofit", "bank", ("county",), ("NTEE L41", "SDG 1"), ("housing",), "10-49", 870),
    Row("tenants", "grassroots", "mill", ("mill",), ("NTEE L30", "ICNPTSO G"), ("housing", "language"), "", 0),
    Row("gardens", "grassroots", "mill", ("mill",), ("NTEE C42", "SDG 15"), ("food", "green"), "0", 0),
    Row("river", "nonprofit", "bank", ("county",), ("NTEE C32", "SDG 14"), ("green",), "1-9", 210),
    Row("watch", "grassroots", "bank", ("bank",), ("NTEE I20",), ("language",), "0", 0),
    Row("stmarks", "faith", "mill", ("mill",), ("NTEE X21",), ("food", "space"), "1-9", 0),
    Row("sanjose", "faith", "bank", ("bank",), ("NTEE X22",), ("language", "space"), "1-9", 0),
    Row("bethel", "faith", "mill", ("mill", "north"), ("NTEE X21",), ("food",), "1-9", 0),
    Row("mosque", "faith", "north", ("north",), ("NTEE X40",), ("space",), "1-9", 0),
    Row("synagogue", "faith", "north", ("north",), ("NTEE X30",), ("food",), "0", 0),
    Row("interfaith", "grassroots", "town", ("town",), ("NTEE X90", "ICNPTSO I"), ("housing",), "0", 0),
    Row("latino", "nonprofit", "bank", ("bank",), ("NTEE P84", "SDG 10"), ("language", "founding"), "1-9", 330),
    Row("seniors", "nonprofit", "north", ("north", "town"), ("NTEE P81", "SDG 3"), ("health", "space"), "1-9", 460),
    Row("wheels", "nonprofit", "town", ("town",), ("NTEE K36", "SDG 2"), ("food",), "1-9", 390),
    Row("legal", "nonprofit", "town", ("county",), ("NTEE I80", "SDG 16"), ("housing", "language"), "1-9", 710),
    Row("recovery", "nonprofit", "mill", ("county",), ("NTEE F21", "SDG 3"), ("health",), "10-49", 1220),
    Row("minds", "health", "north", ("county",), ("NTEE F32", "SDG 3"), ("health",), "10-49", 2100),
    Row("dental", "health", "north", ("county", "schools"), ("NTEE E32",), ("health", "youth"), "1-9", 260),
    Row("jobs", "nonprofit", "bank", ("town",), ("NTEE J22", "SDG 8"), ("youth",), "10-49", 1480),
    Row("makers", "nonprofit", "bank", ("town",), ("NTEE S30", "SDG 9"), ("space", "youth"), "0", 95),
    Row("chamber", "nonprofit", "town", ("town",), ("NTEE S41", "ICNPTSO J"), (), "1-9", 520),
    Row("kiwanis", "nonprofit", "town", ("town",), ("NTEE S80",), ("youth",), "0", 60),
    Row("arts", "nonprofit", "mill", ("town",), ("NTEE A60", "SDG 11"), ("space",), "1-9", 240),
    Row("museum", "nonprofit", "mill", ("town",), ("NTEE A54",), ("space",), "1-9", 130),
    Row("history", "grassroots", "mill", ("town",), ("NTEE A80",), (), "0", 0),
    Row("radio", "media", "town", ("county",), ("NTEE A34",), ("language",), "1-9", 180),
    Row("paper", "media", "town", ("county",), (), (), "10-49", 0),
    Row("soccer", "grassroots", "bank", ("bank",), ("NTEE N64",), ("youth", "language"), "0", 0),
    Row("scouts", "grassroots", "north", ("north",), ("NTEE O41",), ("youth", "green"), "0", 0),
    Row("farmers", "grassroots", "bank", ("town",), ("NTEE K28", "SDG 12"), ("food",), "0", 70),
    Row("coop", "business", "mill", ("mill",), ("SDG 12",), ("food",), "10-49", 4200),
    Row("bakery", "business", "bank", ("bank",), (), ("food", "language"), "1-9", 0),
    Row("bank", "business", "town", ("county",), ("SDG 8",), ("space",), "50-249", 0),
    Row("hardware", "business", "mill", ("town",), (), (), "1-9", 0),
    Row("plant", "business", "bank", ("town",), ("SDG 12",), (), "250+", 0),
    Row("pharmacy", "business", "north", ("north",), ("SDG 3",), ("health",), "1-9", 0),
    Row("solar", "business", "north", ("county",), ("SDG 7", "SDG 13"), ("green",), "10-49", 0),
    Row("farm", "business", "county", ("county",), ("SDG 2",), ("food", "green"), "1-9", 0),
    Row("fire", "public_body", "town", ("town",), ("NTEE M24",), ("space",), "10-49", 0),
    Row("animals", "nonprofit", "county", ("county",), ("NTEE D20",), (), "1-9", 310),
)  # fmt: skip

BRANCHES: tuple[tuple[str, Words, str], ...] = (
    (
        "library",
        ("Riverbend Public Library, South Bank", "Biblioteca Pública de Riverbend, Ribera Sur"),
        "bank",
    ),
    (
        "library",
        ("Riverbend Public Library, Northgate", "Biblioteca Pública de Riverbend, Puerta Norte"),
        "north",
    ),
    ("pantry", ("Mill Street Pantry at Bethel", "Despensa de la Calle del Molino en Bethel"), "mill"),
)
"""Key of the organisation it is a branch of, name, area."""
