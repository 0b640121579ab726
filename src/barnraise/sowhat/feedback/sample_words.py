"""What people of the sample town say, by theme, in English and Spanish."""

from __future__ import annotations

Pair = tuple[str, str]

BUSES: tuple[Pair, ...] = (
    ("The last bus leaves at seven and my shift ends at eight.", "El último autobús sale a las siete y mi turno termina a las ocho."),
    ("My children wait forty minutes at the stop by the school.", "Mis hijos esperan cuarenta minutos en la parada de la escuela."),
    ("There is no bus to the clinic on Saturdays.", "Los sábados no hay autobús a la clínica."),
    ("The driver of the evening route knows everybody by name. I love that.", "Quien conduce la ruta de la noche nos conoce por el nombre. Bravo."),
    ("A ride to the job fair cost me more than lunch.", "El viaje a la feria de empleo me costó más que el almuerzo."),
    ("The stop at Oak Street has no roof and no bench.", "La parada de la calle Oak no tiene techo ni banco."),
    ("With a wheelchair only every third bus takes me along.", "Con silla de ruedas solo me lleva uno de cada tres autobuses."),
    ("I missed the parents' evening because nothing drives back at night.", "Falté a la reunión de familias porque de noche no hay cómo volver."),
    ("The timetable at the station is two years old.", "El horario de la estación tiene dos años."),
    ("Thank you for the evening bus, it changed my week.", "Gracias por el autobús de la noche: me cambió la semana."),
    ("My father could see his doctor alone if the bus stopped at the square.", "Mi padre podría ir solo al médico si el autobús parara en la plaza."),
    ("Students pay the full fare although they earn nothing.", "Quienes estudian pagan la tarifa completa aunque no ganan nada."),
)  # fmt: skip
BREAKFAST: tuple[Pair, ...] = (
    ("My son learns better since there is breakfast at school.", "Mi hijo aprende mejor desde que hay desayuno en la escuela."),
    ("The milk was gone when the second bus of children came.", "Ya no quedaba leche cuando llegó el segundo autobús de niñas y niños."),
    ("Please keep the fruit, it is what mine talk about at home.", "Por favor sigan con la fruta: es de lo que hablan en casa."),
    ("In our school nobody is left out at the breakfast table. Wonderful.", "En nuestra escuela nadie se queda sin desayuno. Qué bien."),
    ("The kitchen opens too late for those who come on foot.", "La cocina abre demasiado tarde para quienes llegan caminando."),
    ("I would help in the kitchen if somebody told me when.", "Yo ayudaría en la cocina si alguien me dijera cuándo."),
    ("There is nothing without pork on Fridays.", "Los viernes no hay nada sin cerdo."),
    ("A warm breakfast in winter would be worth more than cereal.", "En invierno un desayuno caliente valdría más que el cereal."),
    ("The bread from the bakery is the best of the whole day.", "El pan de la panadería es lo mejor de todo el día."),
    ("My daughter is allergic and nobody could say what is in the food.", "Mi hija es alérgica y nadie supo decir qué lleva la comida."),
    ("The cook says good morning to every child. Thank you for her.", "La cocinera saluda a cada niña y niño. Gracias por ella."),
    ("What do they eat in the holidays?", "¿Y qué comen en las vacaciones?"),
)  # fmt: skip
SHADE: tuple[Pair, ...] = (
    ("There is no shade on the whole way to the library.", "No hay sombra en todo el camino a la biblioteca."),
    ("The young trees on Elm Street were not watered in July.", "En julio nadie regó los árboles jóvenes de la calle Elm."),
    ("I sit on the new bench by the river every day. Thank you.", "Me siento cada día en el banco nuevo junto al río. Gracias."),
    ("The playground is too hot to be used after ten in the morning.", "El patio de juegos quema después de las diez de la mañana."),
    ("Old people cannot rest anywhere between the square and the clinic.", "Las personas mayores no pueden descansar entre la plaza y la clínica."),
    ("The walk along the river is the best thing that happened here.", "El paseo junto al río es lo mejor que ha pasado aquí."),
    ("The wind broke two trees and nobody came to look.", "El viento rompió dos árboles y nadie vino a mirar."),
    ("Could we plant the trees ourselves, one for each family?", "¿Podríamos plantar nosotros los árboles, uno por familia?"),
    ("The water fountain at the park has been dry since spring.", "La fuente del parque está seca desde la primavera."),
    ("My mother had to sit on the curb in the heat.", "Mi madre tuvo que sentarse en la acera con el calor."),
    ("The shade sail at the market is a great idea, put up more of them.", "El toldo del mercado es una gran idea: pongan más."),
    ("At night the path under the trees is dark and I am afraid.", "De noche el camino bajo los árboles está oscuro y me da miedo."),
)  # fmt: skip
TOLD = (BUSES, BREAKFAST, SHADE)
TAILS: tuple[Pair, ...] = (
    ("", ""),
    (" My neighbours say the same.", " En mi calle dicen lo mismo."),
    ("", ""),
    (" I have said so before.", " Ya lo había dicho."),
    (" Thank you for asking.", " Gracias por preguntar."),
)
"""What some say besides, so that no two comments are the same."""
