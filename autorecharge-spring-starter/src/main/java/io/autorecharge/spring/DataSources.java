package io.autorecharge.spring;

import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;

/** Chooses the database of the library's tables. The library joins the transactions of whichever transaction manager uses that database. */
final class DataSources {
    private static final String PROPERTY = "jdbc.data-source";

    private DataSources() {}

    /** @param name of the bean; null for the only one, or the one that is primary */
    static DataSource chosen(ListableBeanFactory beans, @Nullable String name) {
        List<String> names =
                Arrays.asList(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, DataSource.class));
        if (name != null) {
            if (!names.contains(name)) {
                throw PropertyErrors.invalid(
                        PROPERTY, name, "must be the name of a DataSource bean: " + String.join(", ", names));
            }
            return beans.getBean(name, DataSource.class);
        }
        DataSource only = beans.getBeanProvider(DataSource.class).getIfUnique();
        if (only == null) {
            throw PropertyErrors.invalid(
                    PROPERTY,
                    null,
                    "must name one of the DataSource beans, of which none is @Primary: " + String.join(", ", names));
        }
        return only;
    }
}
