package io.autorecharge.event;

/**
 * Hears what happened, after the transaction has been committed and outside any transaction. Called by worker threads, at least once an
 * event; an exception is logged and the event comes again later.
 */
@FunctionalInterface
public interface AutoRechargeListener {
    void onEvent(AutoRechargeEvent event);
}
