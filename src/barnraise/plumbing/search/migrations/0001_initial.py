"""The document table, and beside it the indexes that each database is good at."""

from __future__ import annotations

from django.db import migrations, models
from django.db.utils import DatabaseError

NOT_PERMITTED = (
    "Search needs the PostgreSQL extension pg_trgm, and this database user may not create it. "
    "Let an administrator of the server run once, in this database: CREATE EXTENSION pg_trgm; then migrate again."
)

SQLITE = (
    "CREATE INDEX search_document_title ON search_document (kind, title_folded)",
    "CREATE VIRTUAL TABLE search_words USING fts5(words, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 0')",
    "CREATE VIRTUAL TABLE search_pieces USING fts5(title, content='', detail=none, tokenize='trigram')",
    """CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN
        INSERT INTO search_words (rowid, words) VALUES (new.id, new.words);
        INSERT INTO search_pieces (rowid, title) VALUES (new.id, ' ' || new.title_folded || ' ');
    END""",
    """CREATE TRIGGER search_document_gone AFTER DELETE ON search_document BEGIN
        INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO search_pieces (search_pieces, rowid, title) VALUES ('delete', old.id, ' ' || old.title_folded || ' ');
    END""",
    """CREATE TRIGGER search_document_reworded AFTER UPDATE OF words ON search_document WHEN old.words <> new.words BEGIN
        INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO search_words (rowid, words) VALUES (new.id, new.words);
    END""",
    """CREATE TRIGGER search_document_renamed AFTER UPDATE OF title_folded ON search_document WHEN old.title_folded <> new.title_folded BEGIN
        INSERT INTO search_pieces (search_pieces, rowid, title) VALUES ('delete', old.id, ' ' || old.title_folded || ' ');
        INSERT INTO search_pieces (rowid, title) VALUES (new.id, ' ' || new.title_folded || ' ');
    END""",
)
SQLITE_BACK = (
    "DROP TRIGGER search_document_renamed",
    "DROP TRIGGER search_document_reworded",
    "DROP TRIGGER search_document_gone",
    "DROP TRIGGER search_document_added",
    "DROP TABLE search_pieces",
    "DROP TABLE search_words",
    "DROP INDEX search_document_title",
)
POSTGRESQL = (
    "CREATE INDEX search_document_title ON search_document (kind, title_folded text_pattern_ops)",
    "CREATE INDEX search_document_words ON search_document USING gin (array_to_tsvector(string_to_array(words, ' ')))",
    "CREATE INDEX search_document_pieces ON search_document USING gin (array_to_tsvector(show_trgm(title_folded)))",
)
POSTGRESQL_BACK = (
    "DROP INDEX search_document_pieces",
    "DROP INDEX search_document_words",
    "DROP INDEX search_document_title",
)


def ask_for_extension(editor) -> None:
    """pg_trgm is a trusted extension: whoever may create in the database may install it."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            return
    try:
        editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as error:
        raise RuntimeError(NOT_PERMITTED) from error


def make(apps, editor) -> None:
    if editor.connection.vendor == "postgresql":
        ask_for_extension(editor)
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def unmake(apps, editor) -> None:
    for statement in POSTGRESQL_BACK if editor.connection.vendor == "postgresql" else SQLITE_BACK:
        editor.execute(statement)


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(help_text='"label.model"', max_length=80)),
                ("key", models.BigIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("title_folded", models.CharField(max_length=300)),
                ("excerpt", models.CharField(blank=True, max_length=240)),
                ("words", models.TextField(help_text="what the word index holds of it")),
                (
                    "visibility",
                    models.CharField(help_text="a label of search.policies.VISIBILITIES", max_length=20),
                ),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "db_table": "search_document",
                'constraints': [
                    models.UniqueConstraint(fields=("kind", "key"), name="search_document_once"),
                ],
            },
        ),
        migrations.RunPython(make, unmake),
    ]
