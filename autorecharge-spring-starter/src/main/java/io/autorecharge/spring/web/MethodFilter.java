package io.autorecharge.spring.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses other methods than those of a path, after the host's security and before Spring MVC, which would answer in the host's format.
 */
final class MethodFilter extends OncePerRequestFilter {
    private final Set<String> methods;
    private final String allow;

    /** @param methods the methods of the path; OPTIONS belongs to the host's CORS configuration and always passes */
    MethodFilter(String... methods) {
        this.methods = Set.of(methods);
        this.allow = String.join(", ", methods);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String method = request.getMethod();
        if (methods.contains(method) || method.equals("OPTIONS")) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Allow", allow);
        HttpSupport.answer(response, () -> {
            throw HttpProblem.of(405, "the method is not allowed here; allowed: " + allow);
        });
    }
}
