package io.autorecharge.spring.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses methods and forms on the library's paths before Spring sees them. Spring would answer a wrong method in the host's format, and
 * would parse a form, where a malformed one ends in 500 before a controller runs.
 */
final class EndpointFilter extends OncePerRequestFilter {
    private final String allowed;

    /** @param allowed the methods of the path, separated by a comma and a space */
    EndpointFilter(String allowed) {
        this.allowed = allowed;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isAllowed(request.getMethod())) {
            response.setHeader("Allow", allowed);
            HttpSupport.answer(response, () -> {
                throw HttpProblem.of(405, "the method is not allowed here; allowed: " + allowed);
            });
        } else if (isForm(request.getContentType())) {
            HttpSupport.answer(response, () -> {
                throw HttpProblem.of(415, "the content type must be application/json");
            });
        } else {
            chain.doFilter(request, response);
        }
    }

    /** OPTIONS belongs to the host's CORS configuration. */
    private boolean isAllowed(String method) {
        return method.equals("OPTIONS") || (", " + allowed + ",").contains(" " + method + ",");
    }

    private static boolean isForm(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        return type.startsWith("multipart/") || type.startsWith("application/x-www-form-urlencoded");
    }
}
