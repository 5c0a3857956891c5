package io.autorecharge.stripe.simulator;

/**
 * A fault of one request. The name says whether the request was executed: if so, the money was captured and only the answer is
 * missing.
 */
public enum Fault {
    /** The connection breaks; nothing was executed. */
    RESET_BEFORE_EXECUTION(Step.NEVER_EXECUTE, Answer.RESET),
    /** Executed, then the connection breaks without an answer. */
    RESET_AFTER_EXECUTION(Step.EXECUTE, Answer.RESET),
    /** Executed; 200 without a body. */
    EMPTY_BODY(Step.EXECUTE, Answer.EMPTY),
    /** Executed; 200, and the connection breaks in the middle of the body. */
    TRUNCATED_BODY(Step.EXECUTE, Answer.TRUNCATED),
    /** Executed; 200 with something that is not JSON. */
    GARBAGE_BODY(Step.EXECUTE, Answer.GARBAGE),
    /** 500, stored under the idempotency key; nothing was executed and never will be. */
    SERVER_ERROR_BEFORE_EXECUTION(Step.FAIL_INSTEAD, Answer.AS_IS),
    /** Executed, yet 500, stored under the idempotency key. */
    SERVER_ERROR_AFTER_EXECUTION(Step.EXECUTE_THEN_FAIL, Answer.AS_IS),
    /** 503 without a body; nothing was executed. */
    UNAVAILABLE_BEFORE_EXECUTION(Step.NEVER_EXECUTE, Answer.UNAVAILABLE),
    /** Executed, then 503 without a body. */
    UNAVAILABLE_AFTER_EXECUTION(Step.EXECUTE, Answer.UNAVAILABLE),
    /** 502 with a page in HTML; nothing was executed. */
    BAD_GATEWAY_BEFORE_EXECUTION(Step.NEVER_EXECUTE, Answer.BAD_GATEWAY),
    /** Executed, then 502 with a page in HTML. */
    BAD_GATEWAY_AFTER_EXECUTION(Step.EXECUTE, Answer.BAD_GATEWAY),
    /** 429 {@code rate_limit}; nothing was executed. */
    RATE_LIMIT(Step.REFUSE_FOR_RATE, Answer.AS_IS),
    /** 429 {@code lock_timeout}; nothing was executed. */
    LOCK_TIMEOUT(Step.REFUSE_FOR_LOCK, Answer.AS_IS),
    /** Waits until {@link Faults#release()}, then executes. The idempotency key is in use meanwhile. */
    HANG_BEFORE_EXECUTION(Step.WAIT_THEN_EXECUTE, Answer.AS_IS),
    /** Executes, then waits until {@link Faults#release()} before it answers. The idempotency key is in use meanwhile. */
    HANG_AFTER_EXECUTION(Step.EXECUTE_THEN_WAIT, Answer.AS_IS);

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

    enum Answer {
        AS_IS,
        RESET,
        EMPTY,
        TRUNCATED,
        GARBAGE,
        UNAVAILABLE,
        BAD_GATEWAY
    }

    final Step step;
    final Answer answer;

    Fault(Step step, Answer answer) {
        this.step = step;
        this.answer = answer;
    }
}
