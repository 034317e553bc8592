package dev.hypha.relational.predict;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/// A request with some of its parts replaced.
final class Changed {
    private Changed() {}

    /// @param other new values by the component's name
    static PredictRequest of(PredictRequest request, Map<String, Object> other) {
        RecordComponent[] parts = PredictRequest.class.getRecordComponents();
        Object[] values = new Object[parts.length];
        try {
            for (int i = 0; i < parts.length; i++) {
                values[i] = other.containsKey(parts[i].getName())
                        ? other.get(parts[i].getName())
                        : parts[i].getAccessor().invoke(request);
            }
            Class<?>[] types =
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return PredictRequest.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
