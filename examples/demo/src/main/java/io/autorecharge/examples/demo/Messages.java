package io.autorecharge.examples.demo;

import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Messages that the next page shows about the last action. */
final class Messages {
    private Messages() {}

    static void done(RedirectAttributes to, String text) {
        to.addFlashAttribute("done", text);
    }

    static void failed(RedirectAttributes to, String text) {
        to.addFlashAttribute("failed", text);
    }
}
