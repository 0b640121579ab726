"""The words of the sample town's goals, in English and Spanish."""

from __future__ import annotations

from dataclasses import dataclass

Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """An objective and its measure; a measure of "" leaves it without, for the page of broken threads."""

    name: Words
    measure: Words = ("", "")
    definition: Words = ("", "")
    unit: Words = ("", "")
    baseline: str = "0"
    target: str = "0"
    rule: str = "sum"
    frequency: str = "quarter"
    direction: str = "up"
    due_in: int = 0


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal with its objectives and its logic model; arrows name steps of the model by their place."""

    name: Words
    about: Words
    steps: tuple[Step, ...]
    model: tuple[tuple[str, Words], ...] = ()
    arrows: tuple[tuple[int, int, Words], ...] = ()
    need: int = 0
    """The place of the sample's need that it answers."""
    decision: int | None = None
    """The place of the sample's decision that it carries out."""


WORDS: dict[str, Words] = {
    "by_hand": ("Counted by the partners", "Contado por las organizaciones aliadas"),
    "endorsed": ("We are in, with our hall and our volunteers.", "Contamos con ustedes, con nuestro salón y nuestro voluntariado."),
    "signer": ("The board", "La junta directiva"),
}  # fmt: skip

GOALS: tuple[Aim, ...] = (
    Aim(
        ("Every child of Riverbend eats every day", "Cada niña y niño de Riverbend come todos los días"),
        (
            "No child sits in class hungry: breakfast at school, groceries at weekends, and families who know where to ask.",
            "Nadie va a clase con hambre: desayuno en la escuela, alimentos el fin de semana y familias que saben dónde pedir.",
        ),
        (
            Step(
                ("Serve breakfast in four schools", "Servir desayuno en cuatro escuelas"),
                ("Children at school breakfast", "Menores que desayunan en la escuela"),
                ("Children who ate at least one breakfast in the month.", "Menores que desayunaron al menos una vez en el mes."),
                ("children", "menores"),
                "120",
                "400",
                "last",
                "month",
            ),
            Step(
                ("Hand out groceries before every weekend", "Repartir alimentos antes de cada fin de semana"),
                ("Bags of groceries handed out", "Bolsas de alimentos repartidas"),
                ("One bag for one family, counted at the door.", "Una bolsa por familia, contada en la puerta."),
                ("bags", "bolsas"),
                "300",
                "900",
                due_in=180,
            ),
        ),
        (
            ("input", ("Kitchens of four schools", "Cocinas de cuatro escuelas")),
            ("input", ("Thirty volunteers", "Treinta personas voluntarias")),
            ("activity", ("Cook and serve breakfast", "Cocinar y servir el desayuno")),
            ("activity", ("Pack bags on Thursdays", "Armar bolsas los jueves")),
            ("output", ("Breakfasts served", "Desayunos servidos")),
            ("outcome", ("Children come to class fed", "Menores que llegan a clase con el estómago lleno")),
        ),
        (
            (0, 2, ("the schools open at seven", "las escuelas abren a las siete")),
            (1, 2, ("volunteers come twice a week", "el voluntariado viene dos veces por semana")),
            (2, 4, ("families hear of it", "las familias se enteran")),
            (4, 5, ("nobody is ashamed to come", "nadie siente vergüenza de venir")),
        ),
        need=1,
        decision=0,
    ),
    Aim(
        ("Young people find work in town", "La juventud encuentra trabajo en el pueblo"),
        (
            "Whoever leaves school knows three employers, and one of them knows them.",
            "Quien termina la escuela conoce a tres empleadores, y uno de ellos le conoce.",
        ),
        (
            Step(
                ("Match sixty young people with a mentor", "Unir a sesenta jóvenes con una persona mentora"),
                ("Mentor pairs that last three months", "Parejas de mentoría que duran tres meses"),
                ("Pairs that met at least six times.", "Parejas que se vieron al menos seis veces."),
                ("pairs", "parejas"),
                "5",
                "60",
                "sum",
                "quarter",
                due_in=365,
            ),
            Step(("Open ten trainee places", "Abrir diez puestos para aprendices")),
        ),
        need=3,
    ),
    Aim(
        ("Clean water and shade along the river", "Agua limpia y sombra junto al río"),
        (
            "The river walk is cool in summer, and what runs into the river is clean.",
            "El paseo del río es fresco en verano, y lo que llega al río está limpio.",
        ),
        (
            Step(
                ("Halve the litter on the banks", "Reducir a la mitad la basura en las orillas"),
                ("Litter per hundred metres", "Basura por cada cien metros"),
                ("Pieces counted on the first Saturday of a quarter.", "Piezas contadas el primer sábado del trimestre."),
                ("pieces", "piezas"),
                "240",
                "120",
                "mean",
                "quarter",
                "down",
            ),
        ),
        need=4,
    ),
)  # fmt: skip
