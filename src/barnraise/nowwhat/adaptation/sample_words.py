"""The words of the sample town's revisions, experiments and reviews, in English and Spanish."""

from __future__ import annotations

Pair = tuple[str, str]
NONE: Pair = ("", "")
LINE: Pair = ("Child care", "Cuidado infantil")

DROPPED: Pair = (
    "The steering group stays with three years and looks again in spring.",
    "El grupo directivo mantiene los tres años y lo mirará otra vez en primavera.",
)

REVISIONS: tuple[tuple[Pair, Pair, Pair, Pair, str, int], ...] = (
    # what changes, why, before, after, state, settled so many days ago
    (
        ("Open on Saturdays instead of Tuesdays", "Abrir los sábados en lugar de los martes"),
        ("Families work on weekdays; only a third of the places were taken.",
         "Las familias trabajan entre semana; solo se ocupó un tercio de las plazas."),
        ("Open on Tuesdays from 10 to 12.", "Abierto los martes de 10 a 12."),
        ("Open on Saturdays from 9 to 13, with an interpreter.", "Abierto los sábados de 9 a 13, con intérprete."),
        "approved", 210,
    ),
    (
        ("Pay for child care from the money for tools", "Pagar el cuidado infantil con el dinero de herramientas"),
        ("Young parents stay away for want of child care; work clothes last two seasons.",
         "Madres y padres jóvenes no vienen por falta de cuidado infantil; la ropa de trabajo dura dos temporadas."),
        ("Buy new work clothes each season.", "Comprar ropa de trabajo nueva cada temporada."),
        ("Buy them every second season, and pay two people for child care.",
         "Comprarla cada dos temporadas y pagar a dos personas por el cuidado infantil."),
        "draft", 0,
    ),
    (
        ("End a year earlier", "Terminar un año antes"),
        ("Two years brought what three were planned for.", "En dos años se logró lo que estaba previsto para tres."),
        ("Three years.", "Tres años."),
        ("Two years.", "Dos años."),
        "dropped", 90,
    ),
)  # fmt: skip
EXPERIMENTS: tuple[tuple[Pair, Pair, Pair, Pair, int, int, str, Pair], ...] = (
    # what, hypothesis, measure, stop rule, began and judged so many days ago, verdict, what was seen
    (
        ("A text message the day before", "Un mensaje de texto el día antes"),
        ("Of those who are reminded, ten in a hundred more come.", "De quienes reciben el aviso vienen diez de cada cien más."),
        ("Who came of those registered, in six events with and six without.",
         "Quién vino de las personas inscritas, en seis actividades con aviso y seis sin aviso."),
        ("More than five people ask not to be written to.", "Más de cinco personas piden que no se les escriba."),
        400, 300, "holds",
        ("78 of 100 came with a message, 64 without. We keep it.", "Vinieron 78 de 100 con mensaje, 64 sin él. Lo mantenemos."),
    ),
    (
        ("Soup at the tutoring club", "Sopa en el club de tutorías"),
        ("Children stay until the end when there is food.", "Las niñas y los niños se quedan hasta el final cuando hay comida."),
        ("Minutes noted at the door, eight weeks before and after.", "Minutos anotados en la puerta, ocho semanas antes y después."),
        ("The kitchen cannot keep it up for two weeks in a row.", "La cocina no puede sostenerlo dos semanas seguidas."),
        120, 5, "", NONE,
    ),
    (
        ("Meeting in the laundromat", "Reunirse en la lavandería"),
        ("People who never come to the hall speak with us there.", "Personas que nunca vienen al salón hablan con nosotros allí."),
        ("New names in the notebook.", "Nombres nuevos en el cuaderno."),
        ("The owner asks us to stop.", "La dueña nos pide parar."),
        200, 150, "stopped",
        ("The owner sold the place. Four new people in two evenings; try another one.",
         "La dueña vendió el local. Cuatro personas nuevas en dos tardes; probar en otro."),
    ),
    (
        ("Two hosts for each new partner", "Dos personas anfitrionas por aliada nueva"),
        ("New partners are in contact after half a year.", "Las aliadas nuevas siguen en contacto después de medio año."),
        ("Stage of the partnership after 180 days.", "Etapa de la alianza a los 180 días."),
        ("Hosts say that it takes more than two hours a week.", "Las personas anfitrionas dicen que toma más de dos horas por semana."),
        30, -90, "", NONE,
    ),
)  # fmt: skip
REVIEW: tuple[Pair, Pair, Pair] = (
    ("Looking back:", "Mirando atrás:"),
    ("Sixty people, a third of them for the first time.", "Sesenta personas, un tercio por primera vez."),
    ("The day collided with the school fair.", "El día chocó con la feria escolar."),
)
LESSONS: tuple[tuple[tuple[Pair, str, Pair], ...], ...] = (
    (
        (("Ask the school for its calendar before setting a day.", "Pedir el calendario de la escuela antes de fijar un día."), "followed", NONE),
        (("Two tables at the door are enough.",
         "Dos mesas en la puerta bastan."), "set_aside", ("The next one is outdoors.", "La próxima es al aire libre.")),
    ),
    ((("An interpreter for Mixtec brings families who never came.",
     "Una intérprete de mixteco trae a familias que nunca vinieron."), "open", NONE),),
    (
        (("Give volunteers one name to call.", "Dar a las personas voluntarias un nombre a quien llamar."), "followed", NONE),
        (("Print the names large: nobody could read them.", "Imprimir los nombres en grande: nadie podía leerlos."), "open", NONE),
    ),
)  # fmt: skip
