"""A document: what the index knows about one thing."""

from __future__ import annotations

from django.db import models

from barnraise.foundation.refs import Ref


class SearchDocument(models.Model):
    """One thing that can be found. The word and three-letter indexes beside this table are fed by the database itself.

    `words` are the folded words of title, text and identifiers together with marks for kind and visibility.
    """

    kind = models.CharField(max_length=80, help_text='"label.model"')
    key = models.BigIntegerField()
    title = models.CharField(max_length=300)
    title_folded = models.CharField(max_length=300)
    excerpt = models.CharField(max_length=240, blank=True)
    words = models.TextField(help_text="what the word index holds of it")
    visibility = models.CharField(max_length=20, help_text="a label of search.policies.VISIBILITIES")
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "search_document"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_document_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The thing it stands for."""
        return Ref.parse(f"{self.kind}:{self.key}")
