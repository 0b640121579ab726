"""What people of the sample town talked about, each in English and Spanish."""

from __future__ import annotations

Pair = tuple[str, str]

TOPICS: tuple[Pair, ...] = (
    ("the Saturday food distribution", "el reparto de alimentos del sábado"),
    ("the youth room at the library", "la sala juvenil de la biblioteca"),
    ("rides to the clinic", "los traslados a la clínica"),
    ("the river clean-up", "la limpieza del río"),
    ("summer jobs for teenagers", "los empleos de verano para adolescentes"),
    ("the heating fund", "el fondo para calefacción"),
    ("the English and Spanish conversation circle", "el círculo de conversación en inglés y español"),
    ("the garden plots on Mill Street", "las parcelas del huerto en la calle del Molino"),
    ("the back-to-school drive", "la campaña de regreso a clases"),
    ("home repairs for older neighbours", "las reparaciones en casas de vecinos mayores"),
    ("the health fair in October", "la feria de salud de octubre"),
    ("the tenants' meeting", "la reunión de inquilinos"),
    ("evening opening hours", "el horario de la tarde"),
    ("the volunteer schedule", "el turno de voluntarios"),
    ("the survey of the neighbourhood", "la encuesta del barrio"),
    ("the grant for the kitchen", "la subvención para la cocina"),
    ("the bus stop at North End", "la parada de autobús en el Extremo Norte"),
    ("the mentoring pairs", "las parejas de mentoría"),
    ("the walk-to-school route", "la ruta para ir a pie a la escuela"),
    ("the blood pressure checks", "las tomas de presión arterial"),
)
"""About what."""

TEXTS: dict[str, tuple[Pair, ...]] = {
    "note": (
        (
            "Heard that {topic} is going well. They want to grow it before the autumn and are looking for two more partners.",
            "Supe que {topic} va bien. Quieren ampliarlo antes del otoño y buscan dos organizaciones aliadas más.",
        ),
        (
            "For the record: {topic} has a new lead since this month. The number of the front desk still works.",
            "Para que conste: {topic} tiene otra persona a cargo desde este mes. El teléfono de recepción sigue igual.",
        ),
        (
            "Read their report on {topic}. Twice as many families as last year; most of them heard of it from neighbours.",
            "Leí su informe sobre {topic}. El doble de familias que el año pasado; casi todas se enteraron por sus vecinos.",
        ),
        (
            "Worry about {topic}: the room is promised to somebody else from June. Needs another place.",
            "Preocupa {topic}: la sala está prometida a otros desde junio. Hace falta otro lugar.",
        ),
    ),
    "call": (
        (
            "Called about {topic}. They can spare four volunteers on Thursdays and want the dates in writing.",
            "Llamé por {topic}. Pueden ceder cuatro voluntarios los jueves y quieren las fechas por escrito.",
        ),
        (
            "They called: {topic} clashes with the school calendar. We agreed to move it by a week.",
            "Llamaron: {topic} choca con el calendario escolar. Acordamos moverlo una semana.",
        ),
        (
            "Talked through {topic}.\n\n- who brings the tables: they do\n- who prints: we do\n- money: asked for 400, likely",
            "Repasamos {topic}.\n\n- quién lleva las mesas: ellos\n- quién imprime: nosotros\n- dinero: pidieron 400, es probable",
        ),
        (
            "No answer the first time, then ten minutes on {topic}. Friendly, but the board decides only next month.",
            "No contestaron la primera vez; después, diez minutos sobre {topic}. Amables, pero la mesa directiva decide el próximo mes.",
        ),
        (
            "Asked how {topic} went. Forty came, half of them for the first time. They would do it again.",
            "Pregunté cómo salió {topic}. Vinieron cuarenta, la mitad por primera vez. Lo harían otra vez.",
        ),
    ),
    "visit": (
        (
            "Went to see {topic}. Clean, busy, and short of storage. The door is too narrow for a wheelchair; they know.",
            "Fui a ver {topic}. Limpio, con mucha gente y poco espacio para guardar. La puerta es angosta para una silla de ruedas; lo saben.",
        ),
        (
            "They came by to show us what they plan for {topic}. We offered the meeting room on Tuesdays.",
            "Vinieron a mostrarnos lo que planean para {topic}. Les ofrecimos la sala los martes.",
        ),
        (
            "An hour at their place about {topic}. Met two parents who want to help with translating.",
            "Una hora en su sede por {topic}. Conocí a dos padres que quieren ayudar a traducir.",
        ),
    ),
    "mail": (
        (
            "Thank you for the list. We can take part in {topic} with three people, if it starts after five o'clock.\n\nIs parking free that day?",
            "Gracias por la lista. Podemos ir a {topic} con tres personas si empieza después de las cinco.\n\n¿Se puede estacionar gratis?",
        ),
        (
            "Attached are the figures you asked for on {topic}. Please tell us before you publish them.",
            "Adjuntamos las cifras que pidió sobre {topic}. Avísenos antes de publicarlas.",
        ),
        (
            "As agreed, here is the short text on {topic} for your newsletter. Change what you like.",
            "Como quedamos, aquí va el texto breve sobre {topic} para su boletín. Cambie lo que guste.",
        ),
        (
            "We are sorry to miss the meeting on {topic}. Could you send the minutes? We stand by what we promised in spring.",
            "Lamentamos no ir a la reunión sobre {topic}. ¿Podría enviarnos el acta? Mantenemos lo que prometimos en primavera.",
        ),
    ),
    "talk": (
        (
            "Met at the market. Asked about {topic}; wants to be invited next time.",
            "Nos vimos en el mercado. Preguntó por {topic}; quiere que le avisemos la próxima vez.",
        ),
        (
            "Short talk after the council session: {topic} has friends on both sides of the table.",
            "Breve charla tras la sesión del concejo: {topic} tiene apoyo en ambos lados de la mesa.",
        ),
        (
            "On the bus: a neighbour says {topic} changed her mother's week. May we quote her? She will think about it.",
            "En el autobús: una vecina dice que {topic} le cambió la semana a su madre. ¿Podemos citarla? Lo va a pensar.",
        ),
    ),
}
"""By kind: what was noted."""

PRIVATE: tuple[Pair, ...] = (
    (
        "In confidence: the director leaves at the end of the year. Nobody else knows yet.",
        "En confianza: la dirección deja el puesto a fin de año. Nadie más lo sabe todavía.",
    ),
    (
        "In confidence: they cannot pay the rent of the spring. Asked us not to speak of it.",
        "En confianza: no pueden pagar la renta de primavera. Pidieron que no lo comentemos.",
    ),
    (
        "In confidence: two of the board no longer talk to each other. Invite them on different days.",
        "En confianza: dos personas de la mesa directiva ya no se hablan. Conviene invitarlas en días distintos.",
    ),
)
"""What only coordinators read."""

STEPS: tuple[Pair, ...] = (
    ("Send the dates in writing", "Enviar las fechas por escrito"),
    ("Ask the library for the room", "Pedir la sala a la biblioteca"),
    ("Call again after the board meeting", "Volver a llamar después de la reunión de la mesa directiva"),
    ("Send the minutes", "Enviar el acta"),
    ("Introduce them to the clinic", "Presentarles a la clínica"),
    ("Find two translators", "Conseguir dos intérpretes"),
    ("Bring the flyers", "Llevar los volantes"),
    ("Ask for a photo", "Pedir una foto"),
    ("Check the figures with them", "Revisar las cifras con ellos"),
    ("Invite them to the next meeting", "Invitarles a la próxima reunión"),
    ("Thank them by card", "Agradecer con una tarjeta"),
    ("Look for storage space", "Buscar dónde guardar"),
)
"""What comes next."""

SUBJECTS: tuple[Pair, ...] = (
    ("About {topic}", "Sobre {topic}"),
    ("Dates for {topic}", "Fechas para {topic}"),
    ("Question on {topic}", "Pregunta sobre {topic}"),
)

STRANGERS: tuple[tuple[str, str], ...] = (
    ("j.okafor@northend.example.org", "Joy Okafor"),
    ("frontdesk@countyfair.example.org", "County Fair"),
    ("no-reply@tickets.example.org", ""),
)
"""Addresses of mails that nobody of the town has."""
