"""Where the fictional town of Riverbend lies and who lives there. Facts only; `sample.py` writes them."""

from __future__ import annotations

TOWN = (40.062, -82.418)
"""Where the fictional town lies: (latitude, longitude) of its bridge."""

Words = tuple[str, str]
"""The same in English and Spanish."""

COMMUNITIES: tuple[tuple[str, str, str, Words, Words, tuple[tuple[float, float], ...]], ...] = (
    (
        "county", "county", "",
        ("Willow County", "Condado de Willow"),
        ("Farms, four townships and the town of Riverbend.", "Granjas, cuatro municipios y la villa de Riverbend."),
        ((-0.21, -0.25), (-0.21, 0.24), (0.02, 0.27), (0.20, 0.22), (0.22, -0.23)),
    ),
    (
        "town", "town", "county",
        ("Riverbend", "Riverbend"),
        (
            "A former mill town in the bend of the Willow River.",
            "Antigua villa de molinos en la curva del río Willow.",
        ),
        ((-0.035, -0.05), (-0.042, 0.01), (-0.028, 0.052), (0.012, 0.058), (0.038, 0.03), (0.041, -0.028), (0.012, -0.055)),
    ),
    (
        "mill", "neighbourhood", "town",
        ("Old Mill", "Molino Viejo"),
        (
            "Brick houses around the closed textile mill; many families rent.",
            "Casas de ladrillo alrededor de la antigua fábrica textil; muchas familias alquilan.",
        ),
        ((-0.012, -0.03), (-0.014, -0.004), (0.004, 0.002), (0.012, -0.014), (0.006, -0.032)),
    ),
    (
        "north", "neighbourhood", "town",
        ("Northgate", "Puerta Norte"),
        (
            "Newer homes, the hospital and the shops along Route 16.",
            "Viviendas más nuevas, el hospital y las tiendas de la carretera 16.",
        ),
        ((0.013, -0.014), (0.005, 0.003), (0.010, 0.030), (0.030, 0.026), (0.034, -0.010)),
    ),
    (
        "bank", "neighbourhood", "town",
        ("South Bank", "Ribera Sur"),
        (
            "Across the river: the farmers' market, workshops and a growing Spanish-speaking community.",
            "Al otro lado del río: el mercado campesino, talleres y una comunidad hispanohablante que crece.",
        ),
        ((-0.034, -0.026), (-0.036, 0.012), (-0.024, 0.036), (-0.016, 0.020), (-0.015, -0.004), (-0.014, -0.028)),
    ),
    (
        "schools", "school_district", "county",
        ("Riverbend School District", "Distrito Escolar de Riverbend"),
        (
            "Five schools for the town and the villages to the east.",
            "Cinco escuelas para la villa y los pueblos del este.",
        ),
        ((-0.06, -0.06), (-0.07, 0.11), (0.02, 0.13), (0.06, 0.08), (0.055, -0.05)),
    ),
)  # fmt: skip
"""Key, kind, key of the parent, name, description, corners as offsets (latitude, longitude) from TOWN."""

CENSUS = ("Fictional census", "Censo ficticio")
_OLDER = ("65 and older", "65 años y más")
_YOUNG = ("Under 18", "Menores de 18")
_SPANISH = ("Speak Spanish at home", "Hablan español en casa")
HEADCOUNTS: dict[str, tuple[tuple[Words, int, int], ...]] = {
    "county": (
        (("", ""), 2020, 48_310),
        (("", ""), 2024, 49_120),
        (_YOUNG, 2024, 11_240),
        (_OLDER, 2024, 8_870),
    ),
    "town": (
        (("", ""), 2020, 17_940),
        (("", ""), 2024, 18_260),
        (_YOUNG, 2024, 4_310),
        (_OLDER, 2024, 3_020),
        (_SPANISH, 2024, 2_480),
    ),
    "mill": ((("", ""), 2024, 4_120), (_YOUNG, 2024, 1_130), (_OLDER, 2024, 540)),
    "north": ((("", ""), 2024, 6_870), (_YOUNG, 2024, 1_520), (_OLDER, 2024, 1_410)),
    "bank": ((("", ""), 2024, 5_240), (_YOUNG, 2024, 1_390), (_SPANISH, 2024, 1_760)),
    "schools": (((_YOUNG), 2024, 5_060),),
}
