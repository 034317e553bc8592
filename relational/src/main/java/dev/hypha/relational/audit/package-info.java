/// The leak audit: looks for knowledge of the outcome in what models may see, before they are trained.
/// [dev.hypha.relational.audit.LeakAudit] is the way in; [dev.hypha.relational.audit.PastOnly] and
/// [dev.hypha.relational.audit.BatchRows] check features and batches once they are made.
package dev.hypha.relational.audit;
