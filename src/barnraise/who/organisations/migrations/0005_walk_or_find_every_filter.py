"""Each filter of the list has an index to find few rows by; indexes that others begin with are gone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0001_initial'),
        ('organisations', '0004_gives_and_seeks'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='organisation',
            name='organisations_kind',
        ),
        migrations.AlterField(
            model_name='contactpoint',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='contact_points', to='organisations.organisation'),
        ),
        migrations.AlterField(
            model_name='factsource',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='fact_sources', to='organisations.organisation'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='parent',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='branches', to='organisations.organisation', verbose_name='branch of'),
        ),
        migrations.AlterField(
            model_name='othername',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='other_names', to='organisations.organisation'),
        ),
        migrations.AlterField(
            model_name='sector',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='sectors', to='organisations.organisation'),
        ),
        migrations.AlterField(
            model_name='serves',
            name='community',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='communities.community'),
        ),
        migrations.AlterField(
            model_name='serves',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='serves', to='organisations.organisation'),
        ),
        migrations.AddIndex(
            model_name='identifier',
            index=models.Index(fields=['scheme', 'organisation'], name='organisations_by_scheme'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['region', 'id'], name='organisations_in_region'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['status', 'id'], name='organisations_in_status'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(condition=models.Q(('lat__isnull', True)), fields=['id'], name='organisations_unplaced'),
        ),
        migrations.AddIndex(
            model_name='serves',
            index=models.Index(fields=['community', 'organisation'], name='organisations_by_community'),
        ),
    ]
