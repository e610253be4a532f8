<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- Landslides, named so that Detect events knows them: styles a raster of the values 0 and 1,
     or polygons with the whole-number field "class", for which it offers the names as a list while digitising. -->
<qgis version="3.22.0" styleCategories="Symbology|Fields|Forms">
  <pipe>
    <rasterrenderer type="paletted" band="1" opacity="1" alphaBand="-1">
      <colorPalette>
        <paletteEntry value="0" label="No landslide" color="#e8e4d9" alpha="255" />
        <paletteEntry value="1" label="Landslide" color="#a6461f" alpha="255" />
      </colorPalette>
    </rasterrenderer>
  </pipe>
  <renderer-v2 type="categorizedSymbol" attr="class" symbollevels="0" enableorderby="0">
    <categories>
      <category symbol="0" value="0" type="integer" label="No landslide" render="true" />
      <category symbol="1" value="1" type="integer" label="Landslide" render="true" />
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0">
          <Option type="Map">
            <Option type="QString" name="color" value="232,228,217,255" />
            <Option type="QString" name="style" value="solid" />
            <Option type="QString" name="outline_color" value="154,152,144,255" />
            <Option type="QString" name="outline_style" value="solid" />
            <Option type="QString" name="outline_width" value="0.26" />
            <Option type="QString" name="outline_width_unit" value="MM" />
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0">
          <Option type="Map">
            <Option type="QString" name="color" value="166,70,31,255" />
            <Option type="QString" name="style" value="solid" />
            <Option type="QString" name="outline_color" value="110,46,20,255" />
            <Option type="QString" name="outline_style" value="solid" />
            <Option type="QString" name="outline_width" value="0.26" />
            <Option type="QString" name="outline_width_unit" value="MM" />
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <fieldConfiguration>
    <field name="class">
      <editWidget type="ValueMap">
        <config>
          <Option type="Map">
            <Option type="List" name="map">
              <Option type="Map">
                <Option type="QString" name="No landslide" value="0" />
              </Option>
              <Option type="Map">
                <Option type="QString" name="Landslide" value="1" />
              </Option>
            </Option>
          </Option>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
</qgis>
