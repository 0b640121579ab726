"""Forms of communities; their cleaned data goes to a service as it is."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from barnraise.foundation import geo
from barnraise.plumbing.ui.forms import Form, Group

from . import identifiers as codes
from .models import Community, Headcount
from .selectors import descendant_keys
from .words import in_words, refused_parent

MOST_OCTETS = 4_000_000


class CommunityForm(Form):
    """Everything about a community; the boundary by drawing, pasting or file."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Community.Kind.choices)
    parent = forms.ModelChoiceField(
        Community.objects.none(),
        label=_("Part of"),
        required=False,
        empty_label=_("Part of no other community"),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("Who lives there, what it is known for, where it begins and ends."),
    )
    identifiers = forms.CharField(
        label=_("Identifiers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        max_length=4000,
        help_text=_(
            "The codes registers know it by, one a line, the scheme first: FIPS 39089, GEOID 3967468, ONS E08000035, "
            "OWN N-12. Imports of figures find it by them."
        ),
    )
    boundary = forms.CharField(
        label=_("Boundary as GeoJSON"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "class": "code"}),
        help_text=_(
            "Draw it on the map, or paste a Polygon or MultiPolygon with [longitude, latitude] pairs in degrees."
        ),
    )
    boundary_file = forms.FileField(
        label=_("Boundary from a file"),
        required=False,
        help_text=_("A GeoJSON file. It takes the place of what is drawn."),
    )
    boundary_source = forms.CharField(
        label=_("Source of the boundary"),
        required=False,
        max_length=200,
        help_text=_("Who drew it, from which edition: “City planning, ward map 2024”."),
    )
    groups = (Group(_("Boundary"), ("boundary", "boundary_file", "boundary_source")),)

    def __init__(self, *args: Any, instance: Community | None = None, **kwargs: Any) -> None:
        self.instance = instance
        if instance is not None:
            kwargs.setdefault("initial", self._values(instance))
        super().__init__(*args, **kwargs)
        rows = Community.objects.defer("boundary").order_by("name_folded", "id")
        if instance is not None:
            rows = rows.exclude(pk__in={instance.pk, *descendant_keys(instance.pk)})
        parent: Any = self.fields["parent"]
        parent.queryset = rows
        parent.error_messages["invalid_choice"] = refused_parent()

    @staticmethod
    def _values(row: Community) -> dict[str, Any]:
        return {
            "name": row.name,
            "kind": row.kind,
            "parent": row.parent_id,
            "description": row.description,
            "identifiers": codes.written((one.scheme, one.value) for one in row.identifiers.all()),
            "boundary": json.dumps(row.boundary) if row.boundary else "",
            "boundary_source": row.boundary_source,
        }

    def clean_identifiers(self) -> list[codes.Pair]:
        """As (scheme, value) pairs."""
        return codes.read(self.cleaned_data["identifiers"])

    def clean_boundary(self) -> Any:
        """The boundary as an object, None when it is empty."""
        return self._read(self.cleaned_data["boundary"].strip())

    def clean_boundary_file(self) -> Any:
        """The file's boundary as an object, None without a file."""
        upload = self.cleaned_data["boundary_file"]
        if not upload:
            return None
        if upload.size > MOST_OCTETS:
            raise ValidationError(
                _("The file is larger than 4 MB. Simplify the boundary in your map program first.")
            )
        try:
            return self._read(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ValidationError(
                _(
                    "This is not a text file. Export the boundary as GeoJSON; a shapefile has to be converted first."
                )
            ) from None

    def _read(self, text: str) -> Any:
        if not text:
            return None
        try:
            return geo.read_boundary(text)
        except geo.GeoError as error:
            raise ValidationError(in_words(error)) from None

    def values(self) -> dict[str, Any]:
        """What the services take."""
        given = dict(self.cleaned_data)
        from_file = given.pop("boundary_file", None)
        return {**given, "boundary": from_file or given["boundary"]}


class HeadcountForm(Form):
    """One headcount."""

    group = forms.CharField(
        label=_("Group"),
        required=False,
        max_length=120,
        help_text=_("As the source calls it, for example “65 and older”. Empty: everyone."),
    )
    count = forms.IntegerField(label=_("People"), min_value=0, max_value=20_000_000_000)
    year = forms.IntegerField(label=_("Year"), min_value=1800, max_value=2200)
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Who counted, in which publication.")
    )

    def __init__(self, *args: Any, instance: Headcount | None = None, **kwargs: Any) -> None:
        if instance is not None:
            names = ("group", "count", "year", "source")
            kwargs.setdefault("initial", {name: getattr(instance, name) for name in names})
        super().__init__(*args, **kwargs)


class RemoveForm(Form):
    """Where what hangs on a community goes when it is removed."""

    move_to = forms.ModelChoiceField(
        Community.objects.none(), label=_("Move everything to"), empty_label=_("Choose a community")
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["move_to"]
        field.queryset = (
            Community.objects.defer("boundary").exclude(pk=community.pk).order_by("name_folded", "id")
        )


class PostcodesForm(Form):
    """A table of postcodes."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, TSV, a zip of them or Excel, with columns for postcode, latitude and longitude; or a country's postal codes of GeoNames."
        ),
    )
    country = forms.CharField(
        label=_("Country"),
        required=False,
        max_length=2,
        help_text=_("Two letters, for example US. Needed only when the file does not name it."),
    )
