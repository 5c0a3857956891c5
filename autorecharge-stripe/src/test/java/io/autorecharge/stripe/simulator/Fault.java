package io.autorecharge.stripe.simulator;

/**
 * A fault of one request. Its name says whether the request is executed. If so, the money is captured and only the response is wrong or
 * missing.
 */
public enum Fault {
    /** The connection breaks; nothing was executed. */
    RESET_BEFORE_EXECUTION(Step.NEVER_EXECUTE, Transfer.RESET),
    /** Executed; the connection breaks without a response. */
    RESET_AFTER_EXECUTION(Step.EXECUTE, Transfer.RESET),
    /** Executed; 200 with an empty body. */
    EMPTY_BODY(Step.EXECUTE, Transfer.EMPTY),
    /** Executed; 200, and the connection breaks in the middle of the body. */
    TRUNCATED_BODY(Step.EXECUTE, Transfer.TRUNCATED),
    /** Executed; 200 with a body that is not JSON. */
    GARBAGE_BODY(Step.EXECUTE, Transfer.GARBAGE),
    /** 500, stored under the idempotency key; nothing is executed, also not when the request is repeated. */
    SERVER_ERROR_BEFORE_EXECUTION(Step.FAIL_INSTEAD, Transfer.AS_IS),
    /** Executed, but 500, stored under the idempotency key. */
    SERVER_ERROR_AFTER_EXECUTION(Step.EXECUTE_THEN_FAIL, Transfer.AS_IS),
    /** 503 without a body; nothing was executed. */
    UNAVAILABLE_BEFORE_EXECUTION(Step.NEVER_EXECUTE, Transfer.UNAVAILABLE),
    /** Executed; 503 without a body. */
    UNAVAILABLE_AFTER_EXECUTION(Step.EXECUTE, Transfer.UNAVAILABLE),
    /** 502 with an HTML page; nothing was executed. */
    BAD_GATEWAY_BEFORE_EXECUTION(Step.NEVER_EXECUTE, Transfer.BAD_GATEWAY),
    /** Executed; 502 with an HTML page. */
    BAD_GATEWAY_AFTER_EXECUTION(Step.EXECUTE, Transfer.BAD_GATEWAY),
    /** 429 {@code rate_limit}; nothing was executed. */
    RATE_LIMIT(Step.REFUSE_FOR_RATE, Transfer.AS_IS),
    /** 429 {@code lock_timeout}; nothing was executed. */
    LOCK_TIMEOUT(Step.REFUSE_FOR_LOCK, Transfer.AS_IS),
    /** Hangs until {@link Faults#release()}, then executes. In the meantime the idempotency key is in use. */
    HANG_BEFORE_EXECUTION(Step.WAIT_THEN_EXECUTE, Transfer.AS_IS),
    /** Executes, then hangs until {@link Faults#release()}. In the meantime the idempotency key is in use. */
    HANG_AFTER_EXECUTION(Step.EXECUTE_THEN_WAIT, Transfer.AS_IS);

    enum Step {
        NEVER_EXECUTE,
        EXECUTE,
        FAIL_INSTEAD,
        EXECUTE_THEN_FAIL,
        REFUSE_FOR_RATE,
        REFUSE_FOR_LOCK,
        WAIT_THEN_EXECUTE,
        EXECUTE_THEN_WAIT
    }

    enum Transfer {
        AS_IS,
        RESET,
        EMPTY,
        TRUNCATED,
        GARBAGE,
        UNAVAILABLE,
        BAD_GATEWAY
    }

    final Step step;
    final Transfer transfer;

    Fault(Step step, Transfer transfer) {
        this.step = step;
        this.transfer = transfer;
    }
}
