package io.autorecharge.examples.nemesis;

/** A point in the work of a node at which its process can end. Between two steps, nothing changes that others can see. */
enum Step {
    D0_BEFORE("before the debit is committed"),
    D0_AFTER("the debit is committed"),
    D1_BEFORE("before the claim is committed"),
    D1_AFTER("the claim is committed"),
    G1("before the request is sent"),
    G2("the provider has answered, the answer is unread"),
    G3("the answer is read"),
    D2_BEFORE("before the settlement is committed"),
    D2_AFTER("the settlement is committed"),
    N1("the listener was notified"),
    W1("the webhook was received"),
    W2("the webhook was processed and not yet answered");

    final String meaning;

    Step(String meaning) {
        this.meaning = meaning;
    }
}
