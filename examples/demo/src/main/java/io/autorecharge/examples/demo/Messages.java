package io.autorecharge.examples.demo;

import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the next page says about what was just done. */
final class Messages {
    private Messages() {}

    static void done(RedirectAttributes to, String text) {
        to.addFlashAttribute("done", text);
    }

    static void failed(RedirectAttributes to, String text) {
        to.addFlashAttribute("failed", text);
    }
}
