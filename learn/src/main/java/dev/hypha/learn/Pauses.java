package dev.hypha.learn;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/// Listens to the garbage collectors of this process until it is closed, to tell how long they stopped all threads.
public final class Pauses implements AutoCloseable {
    /// Notices come on a thread of their own, a moment after the collection.
    private static final long MOST_WAIT_NANOS = 1_000_000_000L;

    private final List<NotificationEmitter> heardOf = new ArrayList<>();
    private final NotificationListener listener = (notice, _) -> hear(notice);
    private final long before = collections();
    private long heard;
    private long longestMillis;

    /// Begins to listen.
    public Pauses() {
        for (GarbageCollectorMXBean collector : collectors()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener(listener, null, null);
                heardOf.add(emitter);
            }
        }
    }

    private synchronized void hear(Notification notice) {
        if (!notice.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) return;
        var info = GarbageCollectionNotificationInfo.from((CompositeData) notice.getUserData());
        longestMillis = Math.max(longestMillis, info.getGcInfo().getDuration());
        heard++;
        notifyAll();
    }

    /// How long the longest pause since the beginning took, in whole milliseconds; 0 for none.
    public synchronized long longestMillis() {
        long wanted = collections() - before;
        long until = System.nanoTime() + MOST_WAIT_NANOS;
        try {
            while (heard < wanted && System.nanoTime() < until) wait(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return longestMillis;
    }

    /// Those that stop threads: of a concurrent collector also the whole cycles are told, in which nothing stands
    /// still.
    private static List<GarbageCollectorMXBean> collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> !collector.getName().endsWith("Cycles"))
                .toList();
    }

    private static long collections() {
        return collectors().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .filter(count -> count > 0)
                .sum();
    }

    @Override
    public void close() {
        for (NotificationEmitter collector : heardOf) {
            try {
                collector.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
