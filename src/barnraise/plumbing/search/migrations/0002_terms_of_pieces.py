"""Which three-letter pieces there are: on SQLite a view of the index that is there already, on PostgreSQL not needed."""

from django.db import migrations


def make(apps, editor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("CREATE VIRTUAL TABLE search_pieces_terms USING fts5vocab(search_pieces, row)")


def unmake(apps, editor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE search_pieces_terms")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
