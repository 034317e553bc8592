package dev.hypha.relational.query;

import dev.hypha.relational.schema.ForeignKey;
import dev.hypha.relational.schema.Table;

/// From a row to the row that one of its foreign keys refers to.
record Step(Table from, ForeignKey key, Table to) {}
