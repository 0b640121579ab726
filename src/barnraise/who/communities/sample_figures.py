"""What public numbers say of the fictional town of Riverbend. Facts only; `sample.py` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .sample_town import Words

YEARS = (2021, 2022, 2023, 2024, 2025)
PUBLISHER: Words = ("Fictional State Data Center", "Centro Estatal de Datos (ficticio)")
STATE: Words = ("State (fictional)", "Estado (ficticio)")


@dataclass(frozen=True, slots=True)
class SampleMeasure:
    """A measure, its values for the state in YEARS, and by community what is known: a value for each of YEARS, None for
    years that nobody published, "x" for one the source withheld. `spread` is half the confidence interval in towns, three
    times as much in neighbourhoods; 0: none is told."""

    code: str
    name: Words
    unit: Words
    direction: str
    category: Words
    state: tuple[float, ...]
    values: Mapping[str, tuple[float | str | None, ...]]
    spread: float = 0.0


HEALTH: Words = ("Health", "Salud")
HOUSING: Words = ("Housing", "Vivienda")
MONEY: Words = ("Income and work", "Ingresos y trabajo")
SCHOOLS: Words = ("Schools", "Escuelas")

MEASURES: tuple[SampleMeasure, ...] = (
    SampleMeasure(
        "diabetes",
        ("Adults with diabetes", "Adultos con diabetes"),
        ("%", "%"),
        "lower",
        HEALTH,
        (11.2, 11.4, 11.5, 11.7, 11.8),
        {
            "county": (12.1, 12.4, 12.6, 12.9, 13.1),
            "town": (13.0, 13.3, 13.4, 13.8, 14.0),
            "mill": (None, None, 16.1, 16.4, 16.9),
            "north": (None, None, 10.9, 10.6, 10.4),
            "bank": (None, None, 14.8, 15.0, "x"),
        },
        0.8,
    ),
    SampleMeasure(
        "no-doctor",
        ("Adults without a regular doctor", "Adultos sin médico de cabecera"),
        ("%", "%"),
        "lower",
        HEALTH,
        (18.4, 18.1, 17.9, 17.6, 17.5),
        {
            "county": (19.8, 19.5, 19.1, 18.6, 18.0),
            "town": (20.6, 20.1, 19.2, 18.3, 17.2),
            "mill": (None, None, 23.5, 22.0, 20.4),
            "north": (None, None, 14.2, 13.8, 13.9),
            "bank": (None, None, 27.6, 25.1, 22.8),
        },
        1.1,
    ),
    SampleMeasure(
        "premature-death",
        ("Years of life lost before 75", "Años de vida perdidos antes de los 75"),
        ("per 100,000", "por 100.000"),
        "lower",
        HEALTH,
        (8710, 8805, 8760, 8640, 8590),
        {"county": (9120, 9310, 9275, 9060, 8940), "town": (9840, 10120, 9990, 9710, 9520)},
        410,
    ),
    SampleMeasure(
        "rent-burden",
        (
            "Renters who pay more than 30 % of their income",
            "Inquilinos que pagan más del 30 % de sus ingresos",
        ),
        ("%", "%"),
        "lower",
        HOUSING,
        (44.1, 44.9, 45.6, 46.0, 46.2),
        {
            "county": (41.0, 42.2, 43.5, 44.1, 44.8),
            "town": (45.2, 46.8, 48.3, 49.0, 49.6),
            "mill": (52.4, 54.0, 55.9, 57.1, 58.0),
            "north": (36.2, 36.9, 37.0, 37.7, 38.1),
            "bank": (50.3, 51.7, 53.2, 53.0, 52.6),
        },
    ),
    SampleMeasure(
        "child-poverty",
        ("Children living in poverty", "Niñas y niños en pobreza"),
        ("%", "%"),
        "lower",
        MONEY,
        (17.9, 18.2, 17.6, 17.1, 16.8),
        {
            "county": (18.8, 19.4, 19.0, 18.2, 17.6),
            "town": (22.1, 22.8, 22.0, 20.9, 19.8),
            "mill": (None, 33.5, 32.1, 30.4, 28.9),
            "bank": (None, 29.7, 28.8, 27.0, 25.2),
            "schools": (21.0, 21.6, 20.9, 20.0, 19.1),
        },
        1.6,
    ),
    SampleMeasure(
        "household-income",
        ("Median household income", "Ingreso medio de los hogares"),
        ("USD", "USD"),
        "higher",
        MONEY,
        (61_900, 64_300, 66_700, 68_400, 70_100),
        {
            "county": (57_200, 58_900, 60_700, 62_400, 63_900),
            "town": (49_800, 51_300, 53_000, 54_600, 56_200),
            "north": (66_400, 68_100, 70_300, 72_000, 73_800),
            "mill": (35_100, 35_900, 36_800, 37_900, 39_000),
            "bank": (40_300, 41_600, 43_200, 45_100, 46_800),
        },
    ),
    SampleMeasure(
        "reading-grade-3",
        ("Third graders who read at grade level", "Estudiantes de tercero que leen al nivel de su grado"),
        ("%", "%"),
        "higher",
        SCHOOLS,
        (54.2, 55.1, 56.0, 57.3, 58.1),
        {"schools": (46.3, 47.9, 50.2, 53.1, 55.4), "county": (49.5, 50.4, 52.0, 54.2, 55.9)},
    ),
    SampleMeasure(
        "live-alone-65",
        ("People of 65 and older who live alone", "Personas de 65 y más que viven solas"),
        ("%", "%"),
        "neutral",
        HOUSING,
        (28.3, 28.5, 28.8, 29.0, 29.3),
        {"county": (27.0, 27.2, 27.9, 28.1, 28.4), "town": (31.5, 31.6, 32.2, 32.0, 32.4)},
    ),
)
"""In the order of their categories."""
