"""Pages serve a project or an aim, and visits of those that do are counted by day."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A column of two kinds of pages with its index, and a table of counts."""

    dependencies = [
        ('site', '0003_number_in_words_of_the_page'),
        ('wagtailimages', '0027_image_description'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PageVisits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(help_text="in the installation's time zone", verbose_name='day')),
                ('count', models.IntegerField(default=0, verbose_name='visits')),
            ],
            options={
                'verbose_name': 'visits of a page',
                'verbose_name_plural': 'visits of pages',
            },
        ),
        migrations.AddField(
            model_name='contentpage',
            name='cites',
            field=models.CharField(blank=True, help_text='The name of the project, objective, goal, need or event it is for. Its visits count among its reach.', max_length=80, verbose_name='serves'),
        ),
        migrations.AddField(
            model_name='newspage',
            name='cites',
            field=models.CharField(blank=True, help_text='The name of the project, objective, goal, need or event it is for. Its visits count among its reach.', max_length=80, verbose_name='serves'),
        ),
        migrations.AddIndex(
            model_name='contentpage',
            index=models.Index(condition=models.Q(('cites', ''), _negated=True), fields=['cites'], name='site_pages_citing'),
        ),
        migrations.AddIndex(
            model_name='newspage',
            index=models.Index(condition=models.Q(('cites', ''), _negated=True), fields=['cites'], name='site_news_citing'),
        ),
        migrations.AddField(
            model_name='pagevisits',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page'),
        ),
        migrations.AddConstraint(
            model_name='pagevisits',
            constraint=models.UniqueConstraint(fields=('page', 'on'), name='site_visits_once'),
        ),
    ]
