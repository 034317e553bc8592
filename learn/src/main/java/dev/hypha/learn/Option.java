package dev.hypha.learn;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A hyper-parameter: what a component of a method's record means. Command line, model card, run file and documentation
/// read the same annotation. The option's name is the component's in kebab-case (`fanOut` is `fan-out`).
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
    /// The default, written as a user would write it.
    String def();

    /// What it does, in a few words, without a full stop.
    String help();

    /// The unit of the value; empty for pure numbers and words.
    String unit() default "";

    /// Smallest value allowed; for a list, of each entry.
    double min() default Double.NEGATIVE_INFINITY;

    /// Largest value allowed; for a list, of each entry.
    double max() default Double.POSITIVE_INFINITY;
}
