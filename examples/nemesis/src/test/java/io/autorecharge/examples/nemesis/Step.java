package io.autorecharge.examples.nemesis;

/** A place in a node's work at which its process can end. Between two of them nothing of what others can see changes. */
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
    N1("the listener was told"),
    W1("the webhook was received"),
    W2("the webhook was processed, and is not answered");

    final String meaning;

    Step(String meaning) {
        this.meaning = meaning;
    }
}
