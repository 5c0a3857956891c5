package io.autorecharge.logwatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "refused sk_test_4eC39Hq",
                "rk_live_51Habc",
                "key=sk_live_x1,",
                "whsec_abc123",
                "pi_3abc_secret_Xyz9",
                "saved pm_1MqLiJLkdIwHu7ixUEgbFdYF",
                "t=1492774577,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd",
                "Authorization: Basic YWxpY2U6YWxpY2U=",
                "headers {authorization=[Bearer abcdef]}",
                "to alice@example.com now",
                "4242424242424242",
                "card 4242 4242 4242 4242 declined",
                "378282246310005",
                "5555-5555-5555-4444"
            })
    void secrets_are_found_and_reported_without_being_repeated(String text) {
        assertThat(Secrets.in(text))
                .hasValueSatisfying(told -> assertThat(Secrets.in(told)).isEmpty());
        assertThat(Secrets.in(new IllegalStateException("outer", new IllegalArgumentException(text))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key sk_test_*** of the account",
                "account=alice attempt=5c5d6a7e-4f0a-4a57-9a7e-2d3c6f0c9a10 paid 12.00 USD as pi_3MtwBwLkdIwHu7ix",
                "[Ljava.lang.Object;@1a2b3c, io.autorecharge.Rig@77aa",
                "jdbc:mariadb://root@localhost:3306/x",
                "at 1700000000000 in 4111111111111111111111",
                "4242424242424241",
                "0000000000000000",
                "Basic authentication is off, the header Authorization is missing"
            })
    void are_not_seen_where_there_are_none(String text) {
        assertThat(Secrets.in(text)).isEmpty();
    }
}
