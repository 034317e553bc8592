package dev.hypha.relational.trees;

import com.microsoft.ml.lightgbm.PredictionType;
import dev.hypha.learn.TaskKind;
import dev.hypha.relational.windows.FeatureMatrix;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.Optional;
import java.util.StringJoiner;

/// One LightGBM model as text, and the only place that speaks to the library.
///
/// @param text LightGBM's own format
/// @param rounds number of trees
record Booster(String text, int rounds) {
    static {
        LightGbmLibrary.load();
    }

    /// What a booster is to learn.
    ///
    /// @param output of the task's outputs
    record Column(int output, TaskKind kind, int outputs) {
        float[] labels(Examples examples) {
            return examples.labelsOf(output, kind, outputs);
        }

        String objective() {
            return switch (kind) {
                case BINARY, MULTICLASS, MULTILABEL -> "objective=binary metric=binary_logloss";
                case REGRESSION -> "objective=regression_l1 metric=l1";
                case RANKING -> throw new IllegalArgumentException("trees do not rank yet");
            };
        }
    }

    /// Grows trees until the selection rows have not improved for `patience` rounds, and keeps the best round.
    ///
    /// @param selection decides how many rounds are kept; absent for all rounds
    static Booster grow(Examples train, Optional<Examples> selection, Column column, TreeOptions options, int seed) {
        String parameters = parameters(train.features(), column.objective(), options, seed);
        try (LGBMDataset data = dataset(train, column, parameters, null);
                LGBMDataset stop = selection.isEmpty() ? null : dataset(selection.get(), column, parameters, data);
                LGBMBooster booster = LGBMBooster.create(data, parameters)) {
            if (stop != null) {
                booster.addValidData(stop);
            }
            int best = rounds(booster, stop != null, options);
            return new Booster(booster.saveModelToString(0, best, FeatureImportanceType.GAIN), best);
        } catch (LGBMException e) {
            throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
        }
    }

    private static int rounds(LGBMBooster booster, boolean stops, TreeOptions options) throws LGBMException {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int round = 1; round <= options.rounds(); round++) {
            boolean finished = booster.updateOneIter();
            if (!stops) {
                best = round;
            } else {
                double loss = booster.getEval(1)[0];
                if (loss < least) {
                    least = loss;
                    best = round;
                }
            }
            if (finished || round - best >= options.patience()) {
                break;
            }
        }
        return Math.max(best, 1);
    }

    private static LGBMDataset dataset(Examples rows, Column column, String parameters, LGBMDataset reference)
            throws LGBMException {
        FeatureMatrix x = rows.features();
        LGBMDataset out = LGBMDataset.createFromMat(x.values(), x.rows(), x.columns(), true, parameters, reference);
        out.setField("label", column.labels(rows));
        if (rows.weights().length > 0) {
            out.setField("weight", rows.weights());
        }
        return out;
    }

    private static String parameters(FeatureMatrix x, String objective, TreeOptions o, int seed) {
        StringJoiner categories = new StringJoiner(",");
        for (int j = 0; j < x.columns(); j++) {
            if (x.categorical()[j]) {
                categories.add(Integer.toString(j));
            }
        }
        // Row-wise and deterministic: the same trees for any number of threads. One thread, because LightGBM's threads
        // wait for each other by spinning several times a tree, and on a busy machine that costs more than they save.
        return (objective
                        + " learning_rate=%s num_leaves=%d min_data_in_leaf=%d feature_fraction=%s bagging_fraction=%s"
                        + " bagging_freq=1 lambda_l2=%s seed=%d num_threads=1 max_bin=63 cat_smooth=20 deterministic=true"
                        + " force_row_wise=true verbosity=-1%s")
                .formatted(
                        o.rate(),
                        o.leaves(),
                        o.leafRows(),
                        o.features(),
                        o.rows(),
                        o.penalty(),
                        seed,
                        categories.length() == 0 ? "" : " categorical_feature=" + categories);
    }

    /// @return predictions, one a row: a probability, or a value
    double[] predict(FeatureMatrix x, int threads) {
        try (LGBMBooster booster = LGBMBooster.loadModelFromString(text)) {
            return booster.predictForMat(
                    x.values(),
                    x.rows(),
                    x.columns(),
                    true,
                    PredictionType.C_API_PREDICT_NORMAL,
                    "num_threads=" + threads);
        } catch (LGBMException e) {
            throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
        }
    }

    /// How much each feature's splits lowered the loss, one a column.
    double[] gain() {
        try (LGBMBooster booster = LGBMBooster.loadModelFromString(text)) {
            return booster.featureImportance(0, FeatureImportanceType.GAIN);
        } catch (LGBMException e) {
            throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
        }
    }
}
