"""What County Health Rankings measure: name, unit, direction and category by code, in our own short form.

Files hold shares as 0.16 and rates of providers as one to a person; `times` makes the number people read of it (16 %).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_LENGTH, _QUALITY = "Length of life", "Quality of life"
_BEHAVIOUR, _CARE = "Health behaviours", "Clinical care"
_SOCIAL, _PLACE, _PEOPLE = "Social and economic factors", "Physical environment", "Demographics"

_LISTED = f"""
v001|Premature death|years lost per 100,000|lower|1|{_LENGTH}
v002|Poor or fair health|%|lower|100|{_QUALITY}
v003|Uninsured adults|%|lower|100|{_CARE}
v004|Primary care physicians|per 100,000|higher|100000|{_CARE}
v005|Preventable hospital stays|per 100,000|lower|1|{_CARE}
v009|Adult smoking|%|lower|100|{_BEHAVIOUR}
v011|Adult obesity|%|lower|100|{_BEHAVIOUR}
v014|Teen births|per 1,000|lower|1|{_BEHAVIOUR}
v015|Homicides|per 100,000|lower|1|{_SOCIAL}
v021|High school graduation|%|higher|100|{_SOCIAL}
v023|Unemployment|%|lower|100|{_SOCIAL}
v024|Children in poverty|%|lower|100|{_SOCIAL}
v036|Poor physical health days|days a month|lower|1|{_QUALITY}
v037|Low birthweight|%|lower|100|{_QUALITY}
v039|Motor vehicle crash deaths|per 100,000|lower|1|{_BEHAVIOUR}
v042|Poor mental health days|days a month|lower|1|{_QUALITY}
v044|Income inequality|ratio|lower|1|{_SOCIAL}
v045|Sexually transmitted infections|per 100,000|lower|1|{_BEHAVIOUR}
v049|Excessive drinking|%|lower|100|{_BEHAVIOUR}
v050|Mammography screening|%|higher|100|{_CARE}
v051|Population|people|neutral|1|{_PEOPLE}
v052|Below 18 years of age|%|neutral|100|{_PEOPLE}
v053|65 and older|%|neutral|100|{_PEOPLE}
v054|Non-Hispanic Black|%|neutral|100|{_PEOPLE}
v055|American Indian or Alaska Native|%|neutral|100|{_PEOPLE}
v056|Hispanic|%|neutral|100|{_PEOPLE}
v057|Female|%|neutral|100|{_PEOPLE}
v058|Rural|%|neutral|100|{_PEOPLE}
v059|Not proficient in English|%|neutral|100|{_PEOPLE}
v060|Diabetes prevalence|%|lower|100|{_QUALITY}
v061|HIV prevalence|per 100,000|lower|1|{_QUALITY}
v062|Mental health providers|per 100,000|higher|100000|{_CARE}
v063|Median household income|USD|higher|1|{_SOCIAL}
v065|Children eligible for free or reduced price lunch|%|lower|100|{_SOCIAL}
v067|Driving alone to work|%|lower|100|{_PLACE}
v069|Some college|%|higher|100|{_SOCIAL}
v070|Physical inactivity|%|lower|100|{_BEHAVIOUR}
v080|Native Hawaiian or other Pacific Islander|%|neutral|100|{_PEOPLE}
v081|Asian|%|neutral|100|{_PEOPLE}
v082|Children in single-parent households|%|lower|100|{_SOCIAL}
v083|Limited access to healthy foods|%|lower|100|{_BEHAVIOUR}
v085|Uninsured|%|lower|100|{_CARE}
v088|Dentists|per 100,000|higher|100000|{_CARE}
v122|Uninsured children|%|lower|100|{_CARE}
v124|Drinking water violations|1 is yes|lower|1|{_PLACE}
v125|Air pollution: particulate matter|µg/m³|lower|1|{_PLACE}
v126|Non-Hispanic white|%|neutral|100|{_PEOPLE}
v127|Premature age-adjusted mortality|per 100,000|lower|1|{_LENGTH}
v128|Child mortality|per 100,000|lower|1|{_LENGTH}
v129|Infant mortality|per 1,000 live births|lower|1|{_LENGTH}
v131|Other primary care providers|per 100,000|higher|100000|{_CARE}
v132|Access to exercise opportunities|%|higher|100|{_BEHAVIOUR}
v133|Food environment index|index 0 to 10|higher|1|{_BEHAVIOUR}
v134|Alcohol-impaired driving deaths|%|lower|100|{_BEHAVIOUR}
v135|Injury deaths|per 100,000|lower|1|{_SOCIAL}
v136|Severe housing problems|%|lower|100|{_PLACE}
v137|Long commute, driving alone|%|lower|100|{_PLACE}
v138|Drug overdose deaths|per 100,000|lower|1|{_BEHAVIOUR}
v139|Food insecurity|%|lower|100|{_BEHAVIOUR}
v140|Social associations|per 10,000|higher|1|{_SOCIAL}
v141|Residential segregation, Black and white|index 0 to 100|lower|1|{_SOCIAL}
v143|Insufficient sleep|%|lower|100|{_BEHAVIOUR}
v144|Frequent physical distress|%|lower|100|{_QUALITY}
v145|Frequent mental distress|%|lower|100|{_QUALITY}
v147|Life expectancy|years|higher|1|{_LENGTH}
v148|Firearm fatalities|per 100,000|lower|1|{_SOCIAL}
v149|Disconnected youth|%|lower|100|{_SOCIAL}
v151|Gender pay gap|ratio|higher|1|{_SOCIAL}
v153|Homeownership|%|higher|100|{_PLACE}
v154|Severe housing cost burden|%|lower|100|{_PLACE}
v155|Flu vaccinations|%|higher|100|{_CARE}
v156|Traffic volume|vehicles per metre of road a day|lower|1|{_PLACE}
v161|Suicides|per 100,000|lower|1|{_SOCIAL}
v166|Broadband access|%|higher|100|{_PLACE}
v167|School segregation|index 0 to 1|lower|1|{_SOCIAL}
v168|High school completion|%|higher|100|{_SOCIAL}
v170|Living wage|USD an hour|neutral|1|{_SOCIAL}
v172|Child care centers|per 1,000 children under 5|higher|1|{_SOCIAL}
v177|Voter turnout|%|higher|100|{_SOCIAL}
v178|Census participation|%|higher|100|{_SOCIAL}
v179|Access to parks|%|higher|100|{_PLACE}
v183|Feelings of loneliness|%|lower|100|{_SOCIAL}
v184|Lack of social and emotional support|%|lower|100|{_SOCIAL}
"""


@dataclass(frozen=True, slots=True)
class Known:
    """One measure. `times` is what the file's number is multiplied by."""

    name: str
    unit: str = ""
    direction: str = "neutral"
    times: int = 1
    category: str = ""


MEASURES: Mapping[str, Known] = {
    code: Known(name, unit, direction, int(times), category)
    for code, name, unit, direction, times, category in (
        line.split("|") for line in _LISTED.strip().splitlines()
    )
}
"""By code. A measure that is not listed is taken in with the number, and the name, that the file gives."""

GROUPS: Mapping[str, str] = {
    "aian": "American Indian or Alaska Native",
    "asian": "Asian",
    "black": "Black",
    "hispanic": "Hispanic",
    "nhopi": "Native Hawaiian or other Pacific Islander",
    "tom": "two or more races",
    "white": "white",
}
"""The groups by which some measures are given as well."""


def known(code: str, label: str = "") -> Known:
    """What is measured under this code ("v001", "v001_race_black"); `label` is the file's own heading."""
    base, _mark, group = code.partition("_race_")
    found = MEASURES.get(base)
    if found is None:
        name = label.strip().removesuffix(" raw value").strip() or code
        return Known(name)
    if not group:
        return found
    called = GROUPS.get(group, group)
    return Known(f"{found.name} ({called})", found.unit, found.direction, found.times, found.category)
