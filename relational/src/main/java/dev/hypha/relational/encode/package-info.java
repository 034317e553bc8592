/// Columns as numbers. An encoder is chosen by what a column means, fitted on the rows training may see, kept with the
/// run as JSON, and applied to all rows of a table. [dev.hypha.relational.encode.Encoding] is the way in.
package dev.hypha.relational.encode;
