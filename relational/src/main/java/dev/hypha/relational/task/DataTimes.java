package dev.hypha.relational.task;

/// The times a database holds, microseconds since 1970-01-01 UTC.
///
/// @param earliest the day (at midnight) of the earliest row of any table
/// @param firstFact the earliest row of the tables the target counts
/// @param newestFact the newest row of the tables the target counts
record DataTimes(long earliest, long firstFact, long newestFact) {}
