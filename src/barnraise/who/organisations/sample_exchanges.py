"""What the sample town's organisations give and seek, in English; what its own organisation seeks are the asks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Given:
    """One give or seek of the organisation `key`. Money in whole dollars; `lasts` is in days from the day of loading."""

    key: str
    kind: str
    what: str
    amount: int = 0
    unit: str = ""
    per: str = ""
    months: tuple[int, ...] = ()
    condition: str = ""
    areas: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    lasts: int = 0
    status: str = "open"


WINTER = (11, 12, 1, 2, 3)
SUMMER = (6, 7, 8)
GROWING = (5, 6, 7, 8, 9, 10)
TERM = (9, 10, 11, 12, 1, 2, 3, 4, 5)

ASKS: tuple[Given, ...] = (
    Given("own", "money", "Seed money for the summer food programme", 20000, areas=("mill", "bank"), sectors=("SDG 2",), lasts=120),
    Given("own", "volunteers", "Volunteers for the river clean-up weekend", 60, "people", areas=("bank",), sectors=("SDG 15",), lasts=75),
    Given("own", "space", "Room for the monthly partners' meeting", 40, "places", "month", condition="Step-free, with a projector", lasts=300),
    Given("own", "in_kind", "Warm meals for the winter shelter rota", 120, "meals", "week", areas=("mill", "bank"), sectors=("SDG 2",), lasts=180),
    Given("own", "expertise", "Help with a shared budget and bookkeeping", 24, "hours", "month", sectors=("SDG 17",), lasts=240),
    Given("own", "reach", "Spread the word about free dental days", 5000, "people", areas=("schools", "bank"), sectors=("SDG 3",), lasts=60),
    Given("own", "in_kind", "Laptops for the homework club", 25, "items", areas=("mill",), sectors=("SDG 4",), lasts=150),
    Given("own", "expertise", "Interpreters for Spanish at public meetings", 16, "hours", "month", areas=("bank",), sectors=("SDG 10",), lasts=200),
)  # fmt: skip

GIVES: tuple[Given, ...] = (
    Given("pantry", "in_kind", "Groceries for partner events", 80, "kilograms", "week"),
    Given("pantry", "volunteers", "Volunteers who can lift and sort", 8, "people", "week"),
    Given("library", "space", "Community room with projector and kitchen", 60, "places", "week", condition="Outside opening hours by agreement"),
    Given("library", "reach", "Notice board and newsletter", 3200, "people", "month"),
    Given("library", "expertise", "Help with online forms", 10, "hours", "week"),
    Given("hospital", "expertise", "Nurses for health days", 40, "hours", "month", areas=("county",)),
    Given("hospital", "money", "Community benefit grants", 15000, per="year", condition="For health and food", sectors=("SDG 3",)),
    Given("clinic", "expertise", "Interpreters for Spanish", 6, "hours", "week", condition="Two weeks' notice"),
    Given("clinic", "reach", "Talks in the waiting room", 900, "people", "month", areas=("bank", "mill")),
    Given("schools", "reach", "Letter home in school bags", 4100, "people", "month", TERM, areas=("schools",)),
    Given("schools", "in_kind", "Buses outside school hours", 4, "vehicles", "week", SUMMER),
    Given("high", "space", "Gym and kitchen in the holidays", 620, "square_metres", "", SUMMER),
    Given("high", "volunteers", "Students with service hours", 45, "people", "", TERM),
    Given("millschool", "space", "Classrooms after four o'clock", 90, "places", "week", TERM),
    Given("college", "volunteers", "Student helpers", 35, "people", "", TERM, areas=("county",)),
    Given("college", "expertise", "Evaluation and statistics", 12, "hours", "month", TERM),
    Given("college", "space", "Lecture hall", 180, "places", "month"),
    Given("city", "space", "Council chamber in the evening", 75, "places", "week", condition="No party events"),
    Given("city", "in_kind", "Skips, gloves and safety vests", 120, "items", "", (4, 5, 6, 9, 10)),
    Given("city", "money", "Neighbourhood micro-grants", 5000, per="year", areas=("town",)),
    Given("healthdept", "expertise", "Figures about the county, explained", 8, "hours", "month", areas=("county",)),
    Given("extension", "expertise", "Advice on gardens and kitchens", 16, "hours", "month", GROWING, areas=("county",)),
    Given("fund", "money", "Grants twice a year", 40000, per="year", condition="Letter of one page, by 1 March or 1 September", areas=("county",)),
    Given("hartfund", "money", "Scholarships and school materials", 12000, per="year", areas=("schools",), sectors=("SDG 4",)),
    Given("boysgirls", "space", "Hall with stage", 240, "square_metres", "week"),
    Given("boysgirls", "volunteers", "Young helpers aged 14 to 18", 15, "people", "", SUMMER),
    Given("mentors", "expertise", "Training for volunteers who work with children", 6, "hours", "month"),
    Given("housing", "in_kind", "Tools and a trailer", 30, "items"),
    Given("shelter", "space", "Dining room before six", 50, "places", "week", GROWING),
    Given("tenants", "reach", "Door to door in three languages", 600, "households", "month", areas=("mill",)),
    Given("gardens", "in_kind", "Vegetables in season", 60, "kilograms", "week", GROWING),
    Given("river", "volunteers", "River stewards", 25, "people", "", (4, 5, 6, 9, 10, 11)),
    Given("river", "in_kind", "Waders, litter pickers and canoes", 70, "items"),
    Given("watch", "volunteers", "Stewards for evening events", 12, "people", "month", areas=("bank",)),
    Given("stmarks", "in_kind", "Warm meals from the church kitchen", 45, "meals", "week"),
    Given("stmarks", "space", "Parish hall", 110, "places", "week", areas=("mill",)),
    Given("sanjose", "reach", "Announcements at Mass, in two languages", 750, "people", "week", areas=("bank",)),
    Given("sanjose", "volunteers", "Parishioners who cook", 20, "people", "month"),
    Given("bethel", "in_kind", "Warm meals on Sundays", 60, "meals", "week", WINTER, areas=("mill", "north")),
    Given("mosque", "in_kind", "Meals in the month of fasting and at the summer fair", 200, "meals", "month"),
    Given("mosque", "space", "Meeting room with childcare corner", 35, "places", "week"),
    Given("synagogue", "in_kind", "Large kitchen, with cooks", 90, "meals", "week", condition="Kosher, not on Saturdays"),
    Given("interfaith", "volunteers", "Night shifts in winter", 30, "people", "week", WINTER),
    Given("latino", "expertise", "Translation and interpreting", 10, "hours", "month", areas=("bank",)),
    Given("latino", "reach", "Radio hour and festival stage", 2200, "people", "month"),
    Given("seniors", "volunteers", "Retired drivers", 9, "people", "week"),
    Given("seniors", "space", "Dining hall after two", 80, "places", "week"),
    Given("wheels", "in_kind", "Warm meals, delivered", 50, "meals", "week"),
    Given("legal", "expertise", "Legal advice for partners", 8, "hours", "month"),
    Given("recovery", "volunteers", "Peers who tell their story", 6, "people", "month"),
    Given("minds", "expertise", "Facilitation of hard conversations", 6, "hours", "month"),
    Given("dental", "expertise", "Free dental days", 16, "hours", "month", TERM, areas=("schools",)),
    Given("jobs", "in_kind", "Refurbished laptops from the coding course", 12, "items"),
    Given("makers", "space", "Workshop with tools", 150, "square_metres", "week"),
    Given("chamber", "reach", "E-mail to 210 businesses", 210, "people", "month"),
    Given("chamber", "expertise", "Bookkeeping by member firms", 6, "hours", "month"),
    Given("kiwanis", "volunteers", "Club members with a grill", 18, "people", "", GROWING),
    Given("kiwanis", "money", "From the pancake breakfast", 1500, per="year", sectors=("SDG 4",)),
    Given("arts", "space", "Stage and foyer", 200, "places", "month"),
    Given("museum", "space", "Loom hall for meetings", 60, "places", "month", condition="Not at weekends"),
    Given("radio", "reach", "Interviews and free announcements", 6500, "people", "week", areas=("county",)),
    Given("paper", "reach", "Column on page two", 4800, "people", "week", areas=("county",)),
    Given("soccer", "volunteers", "Parents of twelve teams", 24, "people", "", (9, 10, 11, 3, 4, 5)),
    Given("scouts", "volunteers", "Scouts and leaders", 22, "people"),
    Given("farmers", "in_kind", "What is left on Saturday noon", 140, "kilograms", "week", GROWING),
    Given("coop", "in_kind", "Groceries at cost", 200, "kilograms", "month"),
    Given("coop", "money", "Round up at the till", 3200, per="year", areas=("mill",), sectors=("SDG 2",)),
    Given("bakery", "in_kind", "Bread and meals from the day before", 40, "meals", "week", areas=("bank",)),
    Given("bank", "money", "One per cent of profit for the town", 25000, per="year", condition="Decided in May and November", areas=("county",)),
    Given("bank", "expertise", "Staff who keep books", 12, "hours", "month"),
    Given("hardware", "in_kind", "Tools and paint on loan", 80, "items", "", (4, 5, 6, 7, 8, 9, 10)),
    Given("plant", "volunteers", "Employees with a paid day", 40, "people", "year"),
    Given("plant", "money", "Sponsoring", 8000, per="year", status="paused"),
    Given("plant", "in_kind", "Laptops after three years of use", 30, "items", "year"),
    Given("pharmacy", "expertise", "Flu shots on site", 8, "hours", "month", (9, 10, 11, 12)),
    Given("solar", "money", "A panel for every tenth sold"),
    Given("farm", "in_kind", "Vegetables and eggs", 90, "kilograms", "week", GROWING),
    Given("farm", "space", "Barn for events", 300, "square_metres", "", SUMMER),
    Given("fire", "space", "Training room", 30, "places", "week"),
    Given("fire", "expertise", "First aid courses", 6, "hours", "month"),
    Given("animals", "volunteers", "Visits with dogs", 5, "people", "month"),
)  # fmt: skip

SEEKS: tuple[Given, ...] = (
    Given("pantry", "in_kind", "A walk-in freezer", 1, "items", lasts=200),
    Given("pantry", "volunteers", "Drivers with a van", 4, "people", "week"),
    Given("boysgirls", "volunteers", "Tutors for mathematics", 10, "people", "week", TERM),
    Given("shelter", "in_kind", "Winter coats and boots", 150, "items", "", WINTER),
    Given("shelter", "money", "A second night shift", 18000, per="year"),
    Given("gardens", "space", "Greenhouse for seedlings", 80, "square_metres", "", (2, 3, 4)),
    Given("latino", "space", "Hall for the Day of the Dead", 300, "places", "year", (10, 11)),
    Given("clinic", "money", "An ultrasound machine", 28000),
    Given("wheels", "volunteers", "Drivers at lunchtime", 12, "people", "week"),
    Given("legal", "reach", "Tenants who do not know their rights", 400, "households"),
    Given("jobs", "expertise", "Welders who can teach", 20, "hours", "month"),
    Given("museum", "expertise", "Somebody who reads old deeds", 10, "hours", status="ended"),
    Given("scouts", "money", "A new canoe trailer", 2600),
    Given("farm", "volunteers", "Pickers in August", 14, "people", "", (8,)),
    Given("arts", "money", "Lights for the stage", 7500),
)  # fmt: skip
