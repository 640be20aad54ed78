"""realpolitik.sources"""
