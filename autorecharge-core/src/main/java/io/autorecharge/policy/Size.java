package io.autorecharge.policy;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;

/** What one charge buys. */
record Size(Credits credits, Credits bonus, Money price) {}
