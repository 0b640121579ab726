"""Expressions that no index serves, where the way a list is read has been chosen already (see plans)."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Func, Q


class Tested(Func):
    """A condition that is asked of every row that is walked: no index is looked for, however few rows it may let through."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """Unary plus, see https://sqlite.org/optoverview.html ("disqualifying WHERE clause terms")."""
        return self.as_sql(compiler, connection, template="+(%(expressions)s)", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """The same answer, in a form that neither an index nor the statistics of a column know."""
        return self.as_sql(compiler, connection, template="COALESCE(%(expressions)s, FALSE)", **extra)


def tested(condition: Q) -> Tested:
    """A condition for rows that another one finds, or that are walked."""
    return Tested(ExpressionWrapper(condition, output_field=BooleanField()))


class Sorted(Tested):
    """A column to sort found rows by, never to walk all rows by."""

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """The same value, written so that no index has it."""
        sql, params = compiler.compile(self.get_source_expressions()[0])
        return f"GREATEST({sql}, {sql})", [*params, *params]
