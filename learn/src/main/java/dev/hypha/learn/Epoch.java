package dev.hypha.learn;

/// One point of a learning curve.
///
/// @param number from 1
/// @param loss mean over the epoch's batches, as trained (with dropout)
/// @param metric on the validation rows; NaN where there are none or it is undefined on them
/// @param rate learning rate of the last step
/// @param seconds of wall clock for training and validation; decides nothing
public record Epoch(int number, double loss, double metric, double rate, double seconds) {}
