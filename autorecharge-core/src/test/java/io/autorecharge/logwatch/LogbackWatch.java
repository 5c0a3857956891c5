package io.autorecharge.logwatch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/** Reads every call of a logger before its level applies, including those that only a host at DEBUG would log. */
final class LogbackWatch extends TurboFilter {
    private static final List<String> OURS = List.of("io.autorecharge", "com.example");

    private LogbackWatch() {}

    static void install() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            LogbackWatch watch = new LogbackWatch();
            watch.setName("secrets");
            watch.start();
            context.addTurboFilter(watch);
            context.getStatusManager().add(new Again(watch, context));
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable thrown) {
        if (format != null && (isOurs(logger) || level.isGreaterOrEqual(logger.getEffectiveLevel()))) {
            String where = "logger " + logger.getName() + " at " + level;
            LogWatch.look(
                    where,
                    Secrets.in(MessageFormatter.arrayFormat(format, params).getMessage()));
            LogWatch.look(where, thrown == null ? ofLast(params) : Secrets.in(thrown));
        }
        return FilterReply.NEUTRAL;
    }

    private static boolean isOurs(Logger logger) {
        for (String prefix : OURS) {
            if (logger.getName().startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> ofLast(Object @Nullable [] params) {
        return Secrets.in(params == null ? null : MessageFormatter.getThrowableCandidate(params));
    }

    /**
     * Spring Boot removes filters whenever an application starts; its message about the new logging set-up is the signal to add the
     * filter again.
     */
    private record Again(LogbackWatch watch, LoggerContext context) implements StatusListener {
        @Override
        public boolean isResetResistant() {
            return true;
        }

        @Override
        public void addStatusEvent(Status status) {
            if (!context.getTurboFilterList().contains(watch)) {
                context.addTurboFilter(watch);
            }
        }
    }
}
