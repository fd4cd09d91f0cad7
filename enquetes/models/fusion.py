"""Merge keys into a JSON document in one statement, on PostgreSQL and on SQLite.

Reading, changing and writing back would lose an answer when two tabs answer at once.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, JSONField, TextField, Value
from django.db.models.sql.compiler import SQLCompiler


class Fusion(Func):
    """``Fusion("reponses", {"a": 1, "b": None})``: sets ``a``, removes ``b``, keeps the rest."""

    arity = 2

    def __init__(self, champ: str, changements: Mapping[str, Any]) -> None:
        texte = json.dumps(changements, ensure_ascii=False)
        super().__init__(F(champ), Value(texte, TextField()), output_field=JSONField())

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **kw: Any) -> Any:
        return self.as_sql(compiler, connection, function="json_patch", **kw)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **kw: Any
    ) -> Any:
        # No answer is itself an object, so stripping nulls only removes what is to be removed.
        return self.as_sql(
            compiler,
            connection,
            template="jsonb_strip_nulls(%(expressions)s::jsonb)",
            arg_joiner=" || ",
            **kw,
        )
