"""What people can come for in the sample town: services, opening hours, capacities and profiles, in English."""

from __future__ import annotations

from dataclasses import dataclass

Hours = tuple[tuple[str, str, str], ...]
"""(days as "mo-fr" or "sa", opens, closes)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One service of the organisation `key`. `checked` is how many days ago somebody made sure of it, 0 for never."""

    key: str
    name: str
    description: str
    eligibility: str = ""
    ages: tuple[int | None, int | None] = (None, None)
    application: str = ""
    fees: str = ""
    is_free: bool | None = None
    hours: Hours = ()
    note: str = ""
    languages: tuple[str, ...] = ("en",)
    accessibility: str = ""
    areas: tuple[str, ...] = ()
    checked: int = 0
    status: str = "active"


RAMP = "Step-free, with an accessible toilet."
OFFERS: tuple[Offer, ...] = (
    Offer("pantry", "Groceries to take home", "Fresh and dry food for a week, chosen by yourself.", "Anyone; nobody is asked for papers.",
          is_free=True, hours=(("tu", "15:00", "18:00"), ("sa", "09:00", "12:00")), languages=("en", "es"), accessibility=RAMP, checked=40),
    Offer("pantry", "Food brought home", "A box each week for those who cannot come.", "People who cannot leave their home.",
          application="Ring us by Monday noon.", is_free=True, hours=(("we", "10:00", "14:00"),), areas=("Old Mill", "South Bank"), checked=40),
    Offer("library", "Help with forms", "Somebody sits down with you: benefits, school, taxes.", is_free=True,
          hours=(("mo-th", "10:00", "18:00"),), languages=("en", "es"), accessibility=RAMP, checked=120),
    Offer("library", "Computers and printing", "Twelve computers, a scanner and a printer.",
          fees="Printing 10 cents a page, the first five are free.",
          is_free=False, hours=(("mo-fr", "09:00", "19:00"), ("sa", "09:00", "13:00")), accessibility=RAMP),
    Offer("hospital", "Community health office", "Blood pressure, diabetes, and who to ask next.", "Adults of Willow County.", (18, None),
          is_free=True, hours=(("mo-fr", "08:00", "16:00"),), languages=("en", "es"), areas=("Willow County",), checked=90),
    Offer("clinic", "Doctor without insurance", "Examinations, prescriptions, referrals.", "People without insurance.",
          application="Come without appointment, or ring first.", fees="Free; gifts are welcome.", is_free=True,
          hours=(("mo-th", "09:00", "17:00"), ("fr", "09:00", "13:00")), languages=("en", "es"), accessibility=RAMP, checked=25),
    Offer("dental", "Dentist's chair on wheels", "Check-ups and fillings at schools and squares.", "Children and young people.", (3, 19),
          is_free=True, note="The tour of the week hangs at the library.", languages=("en", "es"), areas=("Riverbend School District",)),
    Offer("boysgirls", "Homework and supper", "Help with homework, then sports, then supper.", "Children of school age.", (6, 17),
          application="A parent signs once.", is_free=True, hours=(("mo-fr", "15:00", "19:00"),), languages=("en", "es"), checked=200),
    Offer("mentors", "A mentor for a year", "One adult, one young person, an hour each week.", "Young people who want one.", (10, 18),
          application="Talk to the coordinator; finding the right one takes a month.", is_free=True),
    Offer("shelter", "A bed for the night", "Thirty-two beds, supper and breakfast.", "Adults without a home.", (18, None), is_free=True,
          hours=(("mo-su", "18:00", "08:00"),), note="Doors close at 22:00.", accessibility="Two rooms on the ground floor.", checked=15),
    Offer("housing", "Repairs for home owners", "Roofs, stairs, heating.", "Owners with little income.",
          fees="A third of the cost, in instalments.", is_free=False, areas=("Old Mill", "South Bank")),
    Offer("legal", "Advice on rent and family", "A lawyer listens and writes the letter.", "People with little income.",
          is_free=True, hours=(("tu", "13:00", "17:00"), ("th", "13:00", "17:00")), languages=("en", "es"), areas=("Willow County",), checked=60),
    Offer("recovery", "Peers in recovery", "Meetings, and somebody to ring at night.", "Adults.", (18, None), is_free=True,
          hours=(("mo-su", "19:00", "20:30"),)),
    Offer("minds", "Counselling", "Ten sessions, in person or by phone.", fees="By income, $5 to $60 a session.", is_free=False,
          hours=(("mo-fr", "09:00", "18:00"),), languages=("en",), application="Ring; the wait is about three weeks.", checked=150),
    Offer("jobs", "Training with wages", "Welding, care or coding, twelve weeks.", "Adults without work.", (18, 60), is_free=True,
          application="The next course begins in January.", languages=("en", "es")),
    Offer("seniors", "Lunch and company", "A warm lunch, cards, and rides to the doctor.", "People over sixty.", (60, None),
          fees="Lunch $4", is_free=False, hours=(("mo-fr", "11:00", "14:00"),), accessibility=RAMP, areas=("Riverbend",)),
    Offer("wheels", "Hot lunch at the door", "Brought between eleven and one.", "People who cannot cook or shop.",
          fees="What you can give.", hours=(("mo-fr", "11:00", "13:00"),)),
    Offer("latino", "English for new neighbours", "Three levels, with childcare.", is_free=True,
          hours=(("mo", "18:00", "20:00"), ("we", "18:00", "20:00")),
          languages=("es", "en")),
    Offer("fire", "Smoke alarms", "We bring them and screw them on.", is_free=True, application="Ring and name a day."),
    Offer("museum", "School visits", "An hour among the looms.", "Classes.", (6, 18), fees="$2 a child", is_free=False,
          status="temporarily closed", note="Closed until the roof is mended."),
)  # fmt: skip

WEEKS: dict[str, Hours] = {
    "library": (("mo-fr", "09:00", "19:00"), ("sa", "09:00", "13:00")),
    "pantry": (("tu", "15:00", "18:00"), ("sa", "09:00", "12:00")),
    "city": (("mo-th", "08:00", "16:30"), ("fr", "08:00", "12:00")),
    "clinic": (("mo-th", "09:00", "17:00"), ("fr", "09:00", "13:00")),
    "bakery": (("mo-fr", "04:00", "14:00"), ("sa", "04:00", "12:00")),
    "coop": (("mo-sa", "08:00", "20:00"),),
    "hardware": (("mo-fr", "07:30", "18:00"), ("sa", "08:00", "13:00")),
    "pharmacy": (("mo-fr", "08:30", "18:30"), ("sa", "09:00", "13:00")),
    "farmers": (("sa", "07:00", "12:00"),),
    "museum": (("th-su", "10:00", "16:00"),),
}

CAPACITIES: dict[str, tuple[int, str]] = {
    "pantry": (90, "week"),
    "shelter": (32, "day"),
    "boysgirls": (120, "day"),
    "wheels": (140, "day"),
    "clinic": (55, "day"),
    "mentors": (40, "year"),
    "jobs": (24, "at_once"),
}

PROFILES: dict[str, tuple[str, ...]] = {
    "own": (
        "https://mastodon.example.org/@riverbend_together",
        "https://www.linkedin.com/company/riverbend-together-example",
    ),
    "library": (
        "https://www.instagram.com/riverbend_library_example",
        "https://bsky.app/profile/library.example.org",
    ),
    "bakery": ("https://www.instagram.com/rosas_bakery_example",),
    "radio": ("https://www.youtube.com/@wrbd_example", "https://mastodon.example.org/@wrbd"),
    "soccer": (
        "https://www.facebook.com/southbanksoccer.example",
        "https://www.tiktok.com/@southbanksoccer_example",
    ),
    "paper": ("https://x.com/courier_example",),
}
