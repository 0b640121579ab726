"""The design system: base templates, components, forms, lists, saved views, charts."""
