package io.autorecharge.event;

/**
 * Receives events after the transaction was committed, outside any transaction. It is called by worker threads, at least once per event. An
 * exception is logged, and the event is delivered again later.
 */
@FunctionalInterface
public interface AutoRechargeListener {
    void onEvent(AutoRechargeEvent event);
}
