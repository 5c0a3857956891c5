package io.autorecharge.examples.demo;

import io.autorecharge.credit.AccountId;
import io.autorecharge.spring.web.AccountResolver;
import java.security.Principal;
import org.springframework.stereotype.Component;

/** Maps a signed-in user to an account: here simply the user's own, by name. */
@Component
final class DemoUsers implements AccountResolver {
    @Override
    public AccountId accountOf(Principal user) {
        return AccountId.of(user.getName());
    }

    @Override
    public String emailOf(Principal user) {
        return user.getName() + "@example.com";
    }
}
