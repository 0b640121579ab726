"""What the website of the sample town says, in English and Spanish."""

from __future__ import annotations

Texts = tuple[str, str]

HOME_LEAD: Texts = (
    "Neighbours, schools, congregations, shops and the city work on one plan. Here is what we do, what came of it, and where you come in.",
    "Vecinas y vecinos, escuelas, congregaciones, comercios y la ciudad trabajan en un solo plan. Aquí "
    "está lo que hacemos, lo que resulta y dónde entra usted.",
)
ALT: Texts = (
    "A red barn before green hills in the morning sun",
    "Un granero rojo ante colinas verdes al sol de la mañana",
)
INTRO: Texts = (
    "<h2>One plan, many hands</h2><p>Two years ago thirty organisations sat down at one table and asked what this town needs most. "
    "Since then every partner has said what it gives, and we keep book of what was promised and what was kept. "
    "The numbers on this page come from that work, and each of them says how it is made.</p>",
    "<h2>Un plan, muchas manos</h2><p>Hace dos años treinta organizaciones se sentaron a una mesa y preguntaron qué necesita más este pueblo. "
    "Desde entonces cada organización aliada ha dicho qué aporta, y llevamos cuenta de lo prometido y lo cumplido. "
    "Las cifras de esta página salen de ese trabajo, y cada una dice cómo se hace.</p>",
)
INVOLVED: Texts = ("Where you come in", "Dónde entra usted")
PARTNERS: Texts = ("Partners who carry the plan", "Quienes sostienen el plan")
NEWSLETTER: Texts = ("News once a month", "Noticias una vez al mes")
NUMBERS: tuple[tuple[Texts, Texts], ...] = (
    (("Children at school breakfast", "Menores que desayunan en la escuela"), ("children", "menores")),
    (("People we talked with", "Personas con quienes hablamos"), ("people", "personas")),
    (
        ("People who came to our events", "Personas que vinieron a nuestras actividades"),
        ("people", "personas"),
    ),
    (
        ("People who agreed to hear from us", "Personas que aceptaron recibir noticias"),
        ("people", "personas"),
    ),
)
"""Indicators of the town and their units, as each language calls them."""
ABOUT: Texts = (
    "Counted from what happens, never typed in twice.",
    "Contado de lo que ocurre, nunca escrito dos veces.",
)

WORK_TITLE: Texts = ("What we do", "Qué hacemos")
WORK_SLUG: Texts = ("what-we-do", "que-hacemos")
WORK_LEAD: Texts = (
    "Breakfast at school, a garden, help with finding work: what the plan is made of.",
    "Desayuno en la escuela, un huerto, ayuda para encontrar trabajo: de qué está hecho el plan.",
)
WORK: Texts = (
    "<h2>Food</h2><p>The pantry, the bakery and two farms bring what they have; volunteers sort it on Saturday mornings.</p>"
    "<h2>School</h2><p>The garden of the school feeds the kitchen, and children learn what grows when.</p>"
    "<h2>Work</h2><p>In the library somebody sits twice a week who helps with letters, forms and the first day at work.</p>",
    "<h2>Alimentos</h2><p>La despensa, la panadería y dos granjas traen lo que tienen; personas "
    "voluntarias lo clasifican los sábados por la mañana.</p>"
    "<h2>Escuela</h2><p>El huerto de la escuela da de comer a la cocina, y niñas y niños aprenden qué crece y cuándo.</p>"
    "<h2>Trabajo</h2><p>En la biblioteca hay dos veces por semana alguien que ayuda con cartas, formularios y el primer día de trabajo.</p>",
)
RESULTS_TITLE: Texts = ("What came of it", "Qué resultó")
RESULTS_SLUG: Texts = ("what-came-of-it", "que-resulto")
RESULTS_LEAD: Texts = (
    "Our numbers, with the way to how each is made. Small ones are hidden, so that nobody is recognised.",
    "Nuestras cifras, con el camino a cómo se hace cada una. Las pequeñas se ocultan, para que no se reconozca a nadie.",
)
NEWS_TITLE: Texts = ("News", "Noticias")
NEWS_SLUG: Texts = ("news", "noticias")
KITCHENS = "kitchens"
"""The piece of news that serves the first project of the town."""
NEWS: tuple[tuple[str, Texts, Texts, Texts], ...] = (
    (
        KITCHENS,
        ("A third kitchen cooks breakfast", "Una tercera cocina prepara el desayuno"),
        (
            "Stoves and pans are bought; helpers are wanted from seven to eight in the morning.",
            "Ya hay cocinas y ollas; se busca quien ayude de siete a ocho de la mañana.",
        ),
        (
            "<p>The school on the hill opened its kitchen this month. A baker and two grandmothers began; whoever has "
            "an hour before work is welcome beside them.</p>",
            "<p>La escuela de la colina abrió su cocina este mes. Empezaron un panadero y dos abuelas; quien "
            "tenga una hora antes del trabajo es bienvenido a su lado.</p>",
        ),
    ),
    (
        "garden",
        ("The garden gave its first harvest", "El huerto dio su primera cosecha"),
        (
            "A hundred and twenty pounds of vegetables went to the kitchen of the school.",
            "Cincuenta y cinco kilos de verduras llegaron a la cocina de la escuela.",
        ),
        (
            "<p>Forty children, eleven parents and the crew of the hardware store dug, watered and picked. The "
            "beds stay open to everybody on Wednesdays after school.</p>",
            "<p>Cuarenta niñas y niños, once familias y el personal de la ferretería cavaron, regaron y "
            "cosecharon. Los bancales siguen abiertos a todo el mundo los miércoles después de clase.</p>",
        ),
    ),
    (
        "van",
        ("A van for Saturday mornings", "Una camioneta para los sábados por la mañana"),
        (
            "The hardware store lends it to the pantry for a year.",
            "La ferretería la presta a la despensa durante un año.",
        ),
        (
            "<p>Two drivers are found, a third would help. Who has a licence and two free hours a month finds "
            "the way on the page “Get involved”.</p>",
            "<p>Ya hay dos personas que conducen; una tercera ayudaría. Quien tenga licencia y dos horas libres "
            "al mes encuentra el camino en la página «Participar».</p>",
        ),
    ),
)
