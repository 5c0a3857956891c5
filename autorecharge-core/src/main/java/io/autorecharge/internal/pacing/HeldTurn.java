package io.autorecharge.internal.pacing;

/**
 * The turn for one call to the provider, taken before it is known whether the call is needed. Closing it gives an unused turn back. Used by
 * one thread.
 */
public final class HeldTurn implements AutoCloseable {
    private final RateLimiter limiter;
    private boolean held;

    public HeldTurn(RateLimiter limiter) {
        this.limiter = limiter;
    }

    /** Takes a turn if one is free now. Never waits. */
    public void tryTake() {
        held = held || limiter.tryTake(RateLimiter.Line.RECHARGES);
    }

    /** @return false when the thread is interrupted before its turn */
    public boolean take() {
        held = held || limiter.take(RateLimiter.Line.RECHARGES);
        return held;
    }

    public boolean isHeld() {
        return held;
    }

    /** The call follows now. */
    public void use() {
        if (!held) {
            throw new IllegalStateException("no turn is held");
        }
        held = false;
    }

    /** Gives an unused turn back, so that another check can have it meanwhile. */
    public void giveBack() {
        if (held) {
            held = false;
            limiter.giveBack();
        }
    }

    @Override
    public void close() {
        giveBack();
    }
}
